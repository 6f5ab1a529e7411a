import {wordParts} from '../../domain/text/shell-word.js';
import {displayWidth} from '../components/text/truncate.js';

const widthOf = (parts: readonly string[]): number => displayWidth(parts.join(''));

/** Breaks parts that are wider than a row; no part is broken. */
const pieces = (parts: readonly string[], width: number): readonly string[] => {
	const found: string[] = [];
	let piece = '';
	for (const part of parts) {
		if (widthOf([piece, part]) > width) {
			found.push(piece);
			piece = '';
		}

		piece += part;
	}

	return [...found, piece];
};

/**
 * A command over several rows that works when the rows are copied and pasted together: each but the last ends with a
 * backslash, which a POSIX shell takes for nothing together with the line break.
 *
 * @param words of the command; what a shell would read otherwise, or a terminal would obey, is escaped
 * @param width cells of a row, the backslash included; rows have to start in the terminal's first column
 */
export const shellLines = (words: readonly string[], width: number): readonly string[] => {
	const room = Math.max(8, width - 2);
	const rows: string[] = [];
	let row = '';
	for (const word of words.map(wordParts)) {
		const longer = row === '' ? word : [row, ' ', ...word];
		if (widthOf(longer) <= room) {
			row = longer.join('');
			continue;
		}

		if (row !== '') rows.push(`${row} \\`);
		const found = pieces(word, room);
		rows.push(...found.slice(0, -1).map((piece) => `${piece}\\`));
		row = found.at(-1) ?? '';
	}

	return [...rows, row];
};

/** The same in one line, for the clipboard. */
export const shellCommand = (words: readonly string[]): string =>
	words.map((word) => wordParts(word).join('')).join(' ');
