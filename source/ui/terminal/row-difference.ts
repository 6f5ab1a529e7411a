import {type Cell, blankCell, isSameCell, noLink} from './frame-cells.js';
import {styleChange} from './sgr-style.js';

/** Colours and link that the terminal writes with at the moment. */
export type Pen = {readonly style: string; readonly link: string};

export const plainPen: Pen = {style: '', link: noLink};

/** What switches the terminal from one pen to another. */
export const penChange = (from: Pen, to: Pen): string => {
	const link = from.link === to.link ? '' : `\u001B]8;${to.link}\u0007`;
	return styleChange(from.style, to.style) + link;
};

/** Unchanged cells between two changes that are cheaper written again than jumped over. */
const rewrittenGap = 3;

/** Terminals may disagree about the width of anything else: emoji, joined letters, East Asian signs. */
const isSurelyNarrow = (cells: readonly Cell[], column: number): boolean => {
	const text = cells[column]?.text ?? '';
	return text.length === 1 && text < '\u2E80' && cells[column + 1]?.text !== '';
};

const contentEnd = (cells: readonly Cell[]): number => {
	let end = cells.length;
	while (end > 0 && isSameCell(cells[end - 1] ?? blankCell, blankCell)) end--;
	return end;
};

/**
 * What turns one row on the screen into another: the changed cells alone, with the cursor put before each stretch of them.
 *
 * @param row from 0
 * @param before the row as it is on the screen; as long as `after`
 * @param pen as the terminal has it
 */
export const rowDifference = (
	row: number,
	before: readonly Cell[],
	after: readonly Cell[],
	pen: Pen,
): {readonly text: string; readonly pen: Pen} => {
	let text = '';
	let current = pen;
	/** Where the cursor is in this row; unknown before the first change and after a character of unsure width. */
	let cursor: number | undefined;
	let hasMoved = false;
	/** The last character may have been drawn over this cell. */
	let isDoubtful = false;
	const end = contentEnd(after);
	const oldEnd = contentEnd(before);

	const put = (cell: Cell): void => {
		text += penChange(current, cell) + cell.text;
		current = cell;
	};
	const moveTo = (column: number): void => {
		if (cursor === column) return;
		if (cursor !== undefined && column > cursor) {
			const start = cursor;
			const gap = after.slice(start, column);
			const isRewritten =
				gap.length <= rewrittenGap &&
				gap.every(
					({style, link}, index) =>
						isSurelyNarrow(after, start + index) && style === current.style && link === current.link,
				);
			text += isRewritten
				? gap.map((cell) => cell.text).join('')
				: `\u001B[${gap.length === 1 ? '' : gap.length}C`;
		} else if (hasMoved) text += `\u001B[${column + 1}G`;
		else text += `\u001B[${row + 1};${column + 1}H`;
		hasMoved = true;
		cursor = column;
	};

	for (let column = 0; column < end; column++) {
		const cell = after[column] ?? blankCell;
		// The second half of a wide character comes with the first.
		if (cell.text === '') continue;
		if (!isDoubtful && isSameCell(cell, before[column] ?? blankCell)) continue;
		moveTo(column);
		isDoubtful = !isSurelyNarrow(after, column);
		if (!isDoubtful) {
			put(cell);
			cursor = column + 1;
			continue;
		}

		let width = 1;
		while (column + width < end && after[column + width]?.text === '') width++;
		// Blanks first: where the terminal draws it narrower than measured, nothing old shows beside it.
		put({...cell, text: ' '.repeat(width)});
		text += `\u001B[${column + 1}G`;
		put(cell);
		cursor = undefined;
	}

	if (oldEnd > end) {
		moveTo(end);
		text += `${penChange(current, plainPen)}\u001B[K`;
		current = plainPen;
	}

	return {text, pen: current};
};
