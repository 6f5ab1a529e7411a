import {visibleText} from '../../domain/text/visible-text.js';
import {nextStyle} from './sgr-style.js';
import {characterWidth, charactersOf} from './text-width.js';

/** One place of the screen. The second half of a wide character is a cell with an empty text. */
export type Cell = {
	readonly text: string;
	/** SGR parameters, see `nextStyle`. */
	readonly style: string;
	/** What stands between `OSC 8 ;` and its end: parameters and address; `;` without a link. */
	readonly link: string;
};

export const noLink = ';';
export const blankCell: Cell = {text: ' ', style: '', link: noLink};

/** SGR, other CSI, OSC with either end, any other escape, or text up to the next one of them. */
const tokens =
	/\u001B\[([\d;]*)m|\u001B\[[\d;:?<=>]*[ -/]*[@-~]|\u001B\](?:8;([^\u0007\u001B]*)|[^\u0007\u001B]*)(?:\u0007|\u001B\\)|\u001B.?|([^\u001B]+)/gsu;

type Looks = Pick<Cell, 'style' | 'link'>;

/** Nearly every text: a character is a cell. */
const plain = /^[ -~]*$/;

/**
 * Puts a text at the end of a row that is `columns` wide: the door of what is painted past Ink, and the last one of what Ink
 * draws. A wide character that would stand half outside becomes a blank.
 */
const append = (cells: Cell[], text: string, {style, link}: Looks, columns: number): void => {
	if (plain.test(text)) {
		const end = Math.min(text.length, columns - cells.length);
		for (let index = 0; index < end; index++) cells.push({text: text[index] ?? '', style, link});
		return;
	}

	for (const character of charactersOf(visibleText(text))) {
		if (cells.length >= columns) return;
		const width = characterWidth(character);
		if (width === 0) continue;
		const isCut = cells.length + width > columns;
		cells.push({text: isCut ? ' ' : character, style, link});
		for (let more = 1; more < width && !isCut; more++) cells.push({text: '', style, link});
	}
};

const fill = (cells: Cell[], columns: number): readonly Cell[] => {
	while (cells.length < columns) cells.push(blankCell);
	return cells;
};

/**
 * A row of a frame as Ink writes it, as cells, cut at the screen's edge.
 *
 * @param columns cells across; the row gets exactly so many
 */
export const cellsOf = (line: string, columns: number): readonly Cell[] => {
	const cells: Cell[] = [];
	let style = '';
	let link = noLink;
	for (const [, sgr, address, text] of line.matchAll(tokens)) {
		if (sgr !== undefined) style = nextStyle(style, sgr);
		else if (address !== undefined) link = address;
		else if (text !== undefined) append(cells, text, {style, link}, columns);
	}

	return fill(cells, columns);
};

/** A piece of a painted row, with SGR parameters. */
export type PaintedSpan = {readonly text: string; readonly style: string};

/** The same of a painted row. What steers a terminal is no part of its texts. */
export const cellsOfSpans = (spans: readonly PaintedSpan[], columns: number): readonly Cell[] => {
	const cells: Cell[] = [];
	for (const {text, style} of spans) append(cells, text, {style, link: noLink}, columns);
	return fill(cells, columns);
};

export const isSameCell = (left: Cell, right: Cell): boolean =>
	left.text === right.text && left.style === right.style && left.link === right.link;
