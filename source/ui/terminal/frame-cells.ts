import stringWidth from 'string-width';
import {nextStyle} from './sgr-style.js';

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

/** Letters and the signs the program draws: one code point is one character there. */
const simple = /^[ -~\u00A1-\u02FF\u2010-\u2027\u2030-\u205E\u2190-\u27BF]*$/;
const control = /[\u0000-\u001F\u007F-\u009F]/g;
const segmenter = new Intl.Segmenter();

const widths = new Map<string, number>();
const widthsLimit = 5000;

const widthOf = (character: string): number => {
	if (character.length === 1 && character >= ' ' && character <= '~') return 1;
	let width = widths.get(character);
	if (width === undefined) {
		width = stringWidth(character);
		if (widths.size >= widthsLimit) widths.clear();
		widths.set(character, width);
	}

	return width;
};

const charactersOf = (text: string): Iterable<string> =>
	simple.test(text)
		? text
		: Array.from(segmenter.segment(text.replaceAll(control, ' ')), ({segment}) => segment);

/**
 * A row of a frame as cells, cut at the screen's edge. A wide character that would stand half outside becomes a blank.
 *
 * @param columns cells across; the row gets exactly so many
 */
export const cellsOf = (line: string, columns: number): readonly Cell[] => {
	const cells: Cell[] = [];
	let style = '';
	let link = noLink;
	for (const [whole, sgr, address, text] of line.matchAll(tokens)) {
		if (sgr !== undefined) style = nextStyle(style, sgr);
		else if (address !== undefined) link = address;
		else if (text !== undefined && whole !== '') {
			for (const character of charactersOf(text)) {
				if (cells.length >= columns) break;
				const width = widthOf(character);
				if (width === 0) continue;
				const isCut = cells.length + width > columns;
				cells.push({text: isCut ? ' ' : character, style, link});
				for (let more = 1; more < width && !isCut; more++) cells.push({text: '', style, link});
			}
		}
	}

	while (cells.length < columns) cells.push(blankCell);
	return cells;
};

export const isSameCell = (left: Cell, right: Cell): boolean =>
	left.text === right.text && left.style === right.style && left.link === right.link;
