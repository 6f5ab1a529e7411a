import {type Role} from '../../theme.js';
import {displayWidth} from './truncate.js';

/** A piece of a line: what it says, and what it is for. */
export type Span = {readonly text: string; readonly role: Role};

/** A row of the screen as it is painted: pieces one after the other. */
export type Line = readonly Span[];

export const blankLine: Line = [];

export const plain = (text: string): Span => ({text, role: 'plain'});
export const quiet = (text: string): Span => ({text, role: 'secondary'});

export const widthOfLine = (line: Line): number => line.reduce((sum, {text}) => sum + displayWidth(text), 0);

/** Two lines in one row: the second at its right end, where it has room. */
export const spread = (left: Line, right: Line, width: number): Line => {
	const free = width - widthOfLine(left) - widthOfLine(right);
	return free < 1 ? left : [...left, plain(' '.repeat(free)), ...right];
};

/** The rows of two blocks side by side; the second begins at a column that the first one's rows do not reach. */
export const beside = (left: readonly Line[], right: readonly Line[], column: number): readonly Line[] =>
	Array.from({length: Math.max(left.length, right.length)}, (_, index) => {
		const first = left[index] ?? blankLine;
		return [
			...first,
			plain(' '.repeat(Math.max(0, column - widthOfLine(first)))),
			...(right[index] ?? blankLine),
		];
	});
