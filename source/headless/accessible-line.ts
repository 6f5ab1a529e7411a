import {type Line, shownText} from './line.js';

/** What a sign says at the beginning of a line, in a word. */
const words: ReadonlyMap<string, string> = new Map([
	['✓', 'Done:'],
	['✗', 'Failed:'],
	['↻', 'Again:'],
	['↑', 'Sent:'],
	['…', 'Waiting:'],
	['–', 'Note:'],
	['!', 'Warning:'],
	['?', 'Not known:'],
	['+', 'Create:'],
	['~', 'Update:'],
	['-', 'Delete:'],
	['=', 'Keep:'],
]);

/**
 * A line for people as a screen reader reads it: a word for the sign at its beginning, words for arrows and for the minus, no
 * blanks that only set it in, and no colours.
 */
export const accessibleLine = (line: Line): string => {
	const text = shownText(line).trim();
	const [first = ''] = text.split(' ', 1);
	const word = words.get(first);
	const said = word === undefined ? text : `${word} ${text.slice(first.length).trimStart()}`;
	return said
		.replaceAll(/ *→ */g, ' to ')
		.replaceAll(/\(−([^)]*)\)/g, '(or up to $1 less)')
		.replaceAll(/ {2,}/g, ', ')
		.replaceAll('…', '...');
};
