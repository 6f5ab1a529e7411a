import type {DiffLine} from '../domain/plan/document-diff.js';
import {visibleText} from '../domain/text/visible-text.js';

/** A line whose colours are ours, beside its texts: what is inside of a text is never one. */
export type PaintedLine = DiffLine & {
	/** What stands before the parts. */
	readonly mark: string;
};

/** A line of output before it is made harmless. It has no line break: one that is in it was written by somebody else. */
export type Line = string | PaintedLine;

const colours: Readonly<Record<DiffLine['kind'], string>> = {
	same: '',
	added: '\u001B[36m',
	removed: '\u001B[31m',
	folded: '\u001B[2m',
};

/** What a line says, with what others could steer the terminal with as visible escapes; without its colours. */
export function shownText(line: Line): string {
	if (typeof line === 'string') return visibleText(line);
	return line.mark + line.parts.map(({text}) => visibleText(text)).join('');
}

/** The same for a terminal with colours, where words that changed inside a line are bold as well. */
export function terminalText(line: Line): string {
	if (typeof line === 'string') return visibleText(line);
	const colour = colours[line.kind];
	const words = line.parts.map(({text, isChanged}) =>
		isChanged ? `\u001B[1m${visibleText(text)}\u001B[22m` : visibleText(text),
	);
	const text = line.mark + words.join('');
	return colour === '' ? text : `${colour}${text}\u001B[0m`;
}

/** Lines, so many spaces further in. */
export function indented(lines: readonly string[], spaces: number): readonly string[] {
	return lines.map((line) => ' '.repeat(spaces) + line);
}
