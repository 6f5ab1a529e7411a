import type {Problem, ProblemDocument} from '../domain/problem.js';
import {jsonText} from '../domain/text/visible-text.js';
import {changeLines} from './diff-lines.js';
import {indented} from './indented.js';

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
