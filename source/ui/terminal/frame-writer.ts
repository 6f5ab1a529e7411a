import {blankCell, type Cell, cellsOf, cellsOfSpans, type PaintedSpan} from './frame-cells.js';
import {type Pen, penChange, plainPen, rowDifference} from './row-difference.js';
import {asciiCharacter} from '../../domain/text/ascii-text.js';
import {characterWidth, charactersOf} from './text-width.js';
import {type TerminalSize, type TerminalSizeSource} from './terminal-size.js';

/** What is used of the terminal's output stream. `process.stdout` is one. */
export type TerminalOutput = {
	readonly write: (text: string, callback?: () => void) => boolean;
};

/** Part of the screen that is painted past Ink, over what Ink has left empty there. */
export type PaintedArea = {
	/** Where it is, from 0; nothing while it is covered. */
	readonly place: () => (TerminalSize & {readonly left: number; readonly top: number}) | undefined;
	/** Its rows as they are now. */
	readonly draw: () => ReadonlyArray<readonly PaintedSpan[]>;
};

/** Paints what changes many times a second: a layout of everything by Ink takes 30 times as long as painting the rows. */
export type Painter = {
	/** @returns takes the area away */
	readonly addArea: (area: PaintedArea) => () => void;
	/** Draws the areas anew, in this turn. */
	readonly paint: () => void;
};

/** The output stream given to Ink, and the repaints that Ink does not do by itself. */
type FrameWriter = {
	readonly stream: NodeJS.WriteStream;
	readonly painter: Painter;
	/** The next frame starts on an empty screen: whatever a resize left there is gone. */
	readonly clearBeforeNextFrame: () => void;
	/** Paints the last frame again on an empty screen, now; what was hidden is seen again. */
	readonly repaint: () => void;
	/** Is a clear still waiting for a frame? */
	readonly isClearPending: () => boolean;
	/** Nothing is written until `repaint`: the screen belongs to somebody else. */
	readonly hide: () => void;
	/** From now on nothing is written. */
	readonly close: () => void;
};

/** One row: what Ink wrote for it, as text and as cells, and the cells that are on the screen. */
type ScreenRow = {readonly line: string; readonly base: readonly Cell[]; readonly cells: readonly Cell[]};

/** Never 3J: what the person had in the scrollback stays. */
const clearScreen = '\u001B[m\u001B[2J';
/** Synchronized output (mode 2026): a terminal that knows it shows all of a frame at once, others ignore it. */
const beginFrame = '\u001B[?2026h';
const endFrame = '\u001B[?2026l';
const isControlOnly = (text: string): boolean => /^(?:\u001B\[\?\d+[hl])+$/.test(text);

/** Every character in as many cells as it had. */
const inAscii = (text: string): string =>
	charactersOf(text)
		.map((character) =>
			/^[\0-\u007F]+$/.test(character) ? character : asciiCharacter(character, characterWidth(character)),
		)
		.join('');

const blankRow = (columns: number): ScreenRow => {
	const cells = Array.from({length: columns}, () => blankCell);
	return {line: '', base: cells, cells};
};

/**
 * Stands between Ink and the terminal: of each frame it writes the cells that differ from what is on the screen, and
 * nothing where none does. Ink runs with `debug: true`, where each commit writes one complete frame without erase codes;
 * it sees no resize events and no modes, because on its own 6.8 wipes the scrollback (3J) whenever a frame is as high as
 * the screen. The size reaches the screens through `useTerminalSize` instead, and `TerminalModes` owns the modes.
 *
 * While the terminal has not taken the last frame yet, newer ones wait, and only the newest of them is written.
 */
export const createFrameWriter = (
	output: TerminalOutput,
	size: TerminalSizeSource,
	isAscii = false,
): FrameWriter => {
	let lastFrame: string | undefined;
	let screen: readonly ScreenRow[] = [];
	let screenSize: TerminalSize = {columns: 0, rows: 0};
	let isClearPending = true;
	let isScheduled = false;
	let isWriting = false;
	let isStale = false;
	let isHidden = false;
	let isClosed = false;
	const areas = new Set<PaintedArea>();

	/** What is painted over a row: cells, by the column they begin at. */
	const paintedCells = (columns: number): ReadonlyMap<number, ReadonlyMap<number, readonly Cell[]>> => {
		const rows = new Map<number, Map<number, readonly Cell[]>>();
		for (const area of areas) {
			const place = area.place();
			if (!place) continue;
			const width = Math.min(place.columns, columns - place.left);
			for (const [index, spans] of area.draw().slice(0, place.rows).entries()) {
				const row = rows.get(place.top + index) ?? new Map<number, readonly Cell[]>();
				rows.set(place.top + index, row.set(place.left, cellsOfSpans(spans, width)));
			}
		}

		return rows;
	};

	/** Draws the last frame over what is on the screen; gives what has to be written for it. */
	const difference = (): string => {
		const {columns, rows} = size.get();
		const lines = (lastFrame ?? '').split('\n');
		let text = '';
		if (isClearPending || columns !== screenSize.columns || rows !== screenSize.rows) {
			isClearPending = false;
			text = clearScreen;
			screenSize = {columns, rows};
			const blank = blankRow(columns);
			screen = Array.from({length: rows}, () => blank);
		}

		const painted = paintedCells(columns);
		let pen: Pen = plainPen;
		screen = screen.map((before, row) => {
			const line = lines[row] ?? '';
			const over = painted.get(row);
			if (line === before.line && !over && before.cells === before.base) return before;
			const base = line === before.line ? before.base : cellsOf(line, columns);
			const cells = over ? [...base] : base;
			for (const [left, part] of over ?? []) (cells as Cell[]).splice(left, part.length, ...part);
			const change = rowDifference(row, before.cells, cells, pen);
			text += change.text;
			pen = change.pen;
			return {line, base, cells};
		});
		return text === '' ? '' : beginFrame + text + penChange(pen, plainPen) + endFrame;
	};

	const flush = (): void => {
		isScheduled = false;
		isStale = false;
		if (isClosed || isHidden || lastFrame === undefined) return;
		const text = difference();
		if (text === '') return;
		isWriting = true;
		output.write(isAscii ? inAscii(text) : text, () => {
			isWriting = false;
			if (isStale) flush();
		});
	};

	/** Once a turn: what Ink writes and what is painted for the same change are one frame. */
	const show = (): void => {
		if (isWriting) isStale = true;
		else if (!isScheduled) {
			isScheduled = true;
			queueMicrotask(flush);
		}
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
		painter: {
			addArea(area) {
				areas.add(area);
				return () => {
					areas.delete(area);
				};
			},
			paint: show,
		},
		clearBeforeNextFrame() {
			isClearPending = true;
		},
		repaint() {
			isHidden = false;
			isClearPending = true;
			show();
		},
		isClearPending: () => isClearPending,
		hide() {
			isHidden = true;
		},
		close() {
			isClosed = true;
		},
	};
};
