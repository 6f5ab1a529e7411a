import {type DiffLine, diffMark, documentDiff} from '../domain/document-diff.js';
import type {Operation} from '../domain/plan.js';

const escapes: Readonly<Record<DiffLine['kind'], string>> = {
	same: '',
	added: '\u001B[36m',
	removed: '\u001B[31m',
	folded: '\u001B[2m',
};

/**
 * What an operation changes in the document that is there, the signs in column one; nothing where nothing is changed.
 * Words that changed inside a line are bold where there are colours.
 */
export function operationDiffLines(operation: Operation, hasColour: boolean): readonly string[] {
	if (operation.change !== 'update' || !('before' in operation)) return [];
	return documentDiff(operation.before ?? {}, operation.after).map((line) => painted(line, hasColour));
}

function painted(line: DiffLine, hasColour: boolean): string {
	const start = `${diffMark(line)}       `;
	if (!hasColour) return start + line.parts.map(({text}) => text).join('');
	const words = line.parts.map(({text, isChanged}) => (isChanged ? `\u001B[1m${text}\u001B[22m` : text));
	const escape = escapes[line.kind];
	return escape === '' ? start + words.join('') : `${escape}${start}${words.join('')}\u001B[0m`;
}
