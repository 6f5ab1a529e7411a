import {type TerminalSize} from '../../../source/ui/terminal/terminal-size.js';
import type {SeenCell} from './read-grid.js';

/** A frame as Ink would write it, and what a person has to see of it. */
export type RandomFrame = {
	readonly size: TerminalSize;
	readonly text: string;
	readonly grid: ReadonlyArray<readonly SeenCell[]>;
};

type Piece = {readonly text: string; readonly width: number; readonly look: number};

const looks: ReadonlyArray<{readonly on: string; readonly off: string; readonly look: string}> = [
	{on: '', off: '', look: 'on '},
	{on: '\u001B[36m', off: '\u001B[39m', look: 'p6 on '},
	{on: '\u001B[31m\u001B[1m', off: '\u001B[22m\u001B[39m', look: 'bold p1 on '},
	{on: '\u001B[2m', off: '\u001B[22m', look: 'dim on '},
	{on: '\u001B[7m', off: '\u001B[27m', look: 'inverse on '},
	{on: '\u001B[4;93m', off: '\u001B[0m', look: 'underline p11 on '},
	{on: '\u001B[38;5;208;44m', off: '\u001B[49;39m', look: 'p208 on p4'},
	{on: '\u001B[48;2;1;2;3m', off: '\u001B[49m', look: 'on #010203'},
];
const narrow = ['a', 'b', ' ', ' ', '9', '…', '✓', '◐', '━', 'é', 'e\u0301'];
const wide = ['漢', '字', '한', 'あ'];

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
const createRandom = (seed: number): (() => number) => {
	let state = seed;
	return () => {
		state = (state + 0x6d_2b_79_f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
};

const textOf = (row: readonly Piece[]): string =>
	row
		.map(({text, look}) => {
			const {on, off} = looks[look] ?? {on: '', off: ''};
			return on + text + off;
		})
		.join('');

const seenOf = (row: readonly Piece[] | undefined, columns: number): readonly SeenCell[] => {
	const blank = {text: ' ', look: 'on '};
	const cells = (row ?? []).flatMap(({text, width, look}): readonly SeenCell[] => {
		const seen = looks[look]?.look ?? '';
		return width === 2
			? [
					{text, look: seen},
					{text: '', look: seen},
				]
			: [{text, look: seen}];
	});
	const shown = cells.slice(0, columns);
	const last = shown.at(-1);
	// Half of a wide character does not stay.
	if (cells[columns]?.text === '' && last) shown[columns - 1] = {...last, text: ' '};
	return [...shown, ...Array.from({length: columns - shown.length}, () => blank)];
};

/** Frames that follow one another as a program's do: a few cells change, rows move, and now and then the size. */
export const randomFrames = (seed: number, count: number): readonly RandomFrame[] => {
	const random = createRandom(seed);
	const below = (limit: number): number => Math.floor(random() * limit);
	const pick = <T>(from: readonly T[], otherwise: T): T => from[below(from.length)] ?? otherwise;
	const piece = (): Piece =>
		random() < 0.2
			? {text: pick(wide, '漢'), width: 2, look: below(looks.length)}
			: {text: pick(narrow, 'a'), width: 1, look: random() < 0.5 ? 0 : below(looks.length)};
	const newRow = (): Piece[] => Array.from({length: below(14)}, piece);

	let size: TerminalSize = {columns: 4 + below(12), rows: 1 + below(5)};
	let rows: Piece[][] = Array.from({length: size.rows}, newRow);
	return Array.from({length: count}, () => {
		const change = random();
		if (change < 0.1) size = {columns: 2 + below(14), rows: 1 + below(5)};
		else if (change < 0.2) rows = rows.toSpliced(below(rows.length + 1), below(2), newRow());
		else if (change < 0.3) rows = rows.slice(below(2));
		else {
			const at = below(rows.length + 1);
			const row = [...(rows[at] ?? newRow())];
			row.splice(below(row.length + 1), below(3), ...Array.from({length: below(3)}, piece));
			rows = rows.with(Math.min(at, rows.length - 1), row);
		}

		if (rows.length === 0) rows = [newRow()];
		return {
			size,
			text: rows.map((row) => textOf(row)).join('\n'),
			grid: Array.from({length: size.rows}, (_, row) => seenOf(rows[row], size.columns)),
		};
	});
};
