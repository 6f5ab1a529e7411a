import {blankCell, type Cell, cellsOf} from './frame-cells.js';
import {type Pen, penChange, plainPen, rowDifference} from './row-difference.js';
import {type TerminalSize, type TerminalSizeSource} from './terminal-size.js';

/** What is used of the terminal's output stream. `process.stdout` is one. */
export type TerminalOutput = {
	write(text: string, callback?: () => void): boolean;
};

/** The output stream given to Ink, and the repaints that Ink does not do by itself. */
export type FrameWriter = {
	readonly stream: NodeJS.WriteStream;
	/** The next frame starts on an empty screen: whatever a resize left there is gone. */
	readonly clearBeforeNextFrame: () => void;
	/** Paints the last frame again on an empty screen, now. */
	readonly repaint: () => void;
	/** Is a clear still waiting for a frame? */
	readonly isClearPending: () => boolean;
	/** From now on nothing is written. */
	readonly close: () => void;
};

/** One row as it is on the screen: the text it was made of, and its cells. */
type PaintedRow = {readonly line: string; readonly cells: readonly Cell[]};

/** Never 3J: what the person had in the scrollback stays. */
const clearScreen = '\u001B[m\u001B[2J';
/** Synchronized output (mode 2026): a terminal that knows it shows all of a frame at once, others ignore it. */
const beginFrame = '\u001B[?2026h';
const endFrame = '\u001B[?2026l';
const isControlOnly = (text: string): boolean => /^(?:\u001B\[\?\d+[hl])+$/.test(text);

const blankRow = (columns: number): PaintedRow => ({
	line: '',
	cells: Array.from({length: columns}, () => blankCell),
});

/**
 * Stands between Ink and the terminal: of each frame it writes the cells that differ from what is on the screen, and
 * nothing where none does. Ink runs with `debug: true`, where each commit writes one complete frame without erase codes;
 * it sees no resize events and no modes, because on its own 6.8 wipes the scrollback (3J) whenever a frame is as high as
 * the screen. The size reaches the screens through `useTerminalSize` instead, and `TerminalModes` owns the modes.
 *
 * While the terminal has not taken the last frame yet, newer ones wait, and only the newest of them is written.
 */
export const createFrameWriter = (output: TerminalOutput, size: TerminalSizeSource): FrameWriter => {
	let lastFrame: string | undefined;
	let painted: readonly PaintedRow[] = [];
	let paintedSize: TerminalSize = {columns: 0, rows: 0};
	let isClearPending = true;
	let isWriting = false;
	let isStale = false;
	let isClosed = false;

	/** Draws the last frame over what is on the screen; gives what has to be written for it. */
	const paint = (): string => {
		const {columns, rows} = size.get();
		const lines = (lastFrame ?? '').split('\n');
		let text = '';
		if (isClearPending || columns !== paintedSize.columns || rows !== paintedSize.rows) {
			isClearPending = false;
			text = clearScreen;
			paintedSize = {columns, rows};
			const blank = blankRow(columns);
			painted = Array.from({length: rows}, () => blank);
		}

		let pen: Pen = plainPen;
		painted = painted.map((before, row) => {
			const line = lines[row] ?? '';
			if (line === before.line) return before;
			const cells = cellsOf(line, columns);
			const difference = rowDifference(row, before.cells, cells, pen);
			text += difference.text;
			pen = difference.pen;
			return {line, cells};
		});
		return text === '' ? '' : beginFrame + text + penChange(pen, plainPen) + endFrame;
	};

	const flush = (): void => {
		isStale = false;
		const text = paint();
		if (text === '') return;
		isWriting = true;
		output.write(text, () => {
			isWriting = false;
			if (isStale && !isClosed) flush();
		});
	};

	const show = (): void => {
		if (isWriting) isStale = true;
		else flush();
	};

	const write = (text: string, callback?: () => void): boolean => {
		if (!isClosed && !isControlOnly(text)) {
			lastFrame = text;
			show();
		}

		if (callback) setImmediate(callback);
		return true;
	};

	const ignore = () => stream;
	const stream = {
		isTTY: true,
		get columns() {
			return size.get().columns;
		},
		get rows() {
			return size.get().rows;
		},
		writableLength: 0,
		write,
		on: ignore,
		once: ignore,
		off: ignore,
		removeListener: ignore,
	};

	return {
		stream: stream as unknown as NodeJS.WriteStream,
		clearBeforeNextFrame() {
			isClearPending = true;
		},
		repaint() {
			isClearPending = true;
			if (!isClosed && lastFrame !== undefined) show();
		},
		isClearPending: () => isClearPending,
		close() {
			isClosed = true;
		},
	};
};
