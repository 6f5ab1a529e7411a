import type {Problem, ProblemDocument} from '../domain/problem.js';
import {jsonText} from '../domain/text/visible-text.js';
import {indented, type Line, type PaintedLine} from './line.js';
import {type DiffLine, diffMark, documentDiff} from '../domain/plan/document-diff.js';
import type {Operation} from '../domain/operations/registry.js';

/** A problem as lines: headline, cause with its details, numbered next steps. */
export function problemLines({
	headline,
	cause,
	details = [],
	nextSteps,
	documents = [],
}: Problem): readonly string[] {
	return [
		`✗ ${headline}`,
		`  ${cause}`,
		...details.map((detail) => `  – ${detail}`),
		...nextSteps.map((step, index) => `  ${index + 1}. ${step}`),
		...documents.flatMap(documentLines),
	];
}

/** What a problem hands on; of what is there already, what would change. */
export function documentLines({title, value, before}: ProblemDocument): readonly string[] {
	const lines =
		before === undefined ? indented(jsonText(value, 2).split('\n'), 4) : changeLines(before, value);
	return [`  ${title}:`, ...lines];
}

/** An operation, or what is known of it once somebody changed its document. */
type Diffable = Pick<Operation, 'change'> & {readonly before?: unknown; readonly after?: unknown};

/**
 * What an operation changes in the document that is there, the signs in column one; nothing where nothing is changed.
 * Words that changed inside a line are bold where there are colours.
 */
export function operationDiffLines(operation: Diffable, hasColour: false): readonly string[];
export function operationDiffLines(operation: Diffable, hasColour: boolean): readonly Line[];
export function operationDiffLines(operation: Diffable, hasColour: boolean): readonly Line[] {
	if (operation.change !== 'update' || !('before' in operation)) return [];
	const lines = documentDiff(operation.before ?? {}, operation.after);
	return hasColour ? lines.map(painted) : lines.map(plain);
}

/** What would change from one document to the other, without colours. */
function changeLines(before: unknown, after: unknown): readonly string[] {
	return documentDiff(before, after).map(plain);
}

function painted(line: DiffLine): PaintedLine {
	return {...line, mark: markOf(line)};
}

function plain(line: DiffLine): string {
	return markOf(line) + line.parts.map(({text}) => text).join('');
}

function markOf(line: DiffLine): string {
	return `${diffMark(line)}       `;
}
