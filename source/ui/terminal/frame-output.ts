import {type TerminalSizeSource} from './terminal-size.js';

/** What is used of the terminal's output stream. `process.stdout` is one. */
export type TerminalOutput = {
	write(text: string, callback?: () => void): boolean;
};

/** The output stream given to Ink, and the repaints that Ink does not do by itself. */
export type FrameOutput = {
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

/** Never 3J: what the person had in the scrollback stays. */
const clearScreen = '\u001B[2J\u001B[H';
const isControlOnly = (text: string): boolean => /^(?:\u001B\[\?\d+[hl])*$/.test(text);

/**
 * Stands between Ink and the terminal. Ink sees a screen of endless height and no resize events, because with real ones
 * 6.8 wipes the scrollback (3J) whenever a frame is as high as the screen or the terminal becomes shorter; the size
 * reaches the screens through `useTerminalSize` instead. This is also the place of a later diffing frame writer.
 */
export const createFrameOutput = (output: TerminalOutput, size: TerminalSizeSource): FrameOutput => {
	let lastFrame = '';
	let isClearPending = false;
	let isClosed = false;

	const write = (text: string, callback?: () => void): boolean => {
		if (isClosed) {
			if (callback) setImmediate(callback);
			return true;
		}

		if (isControlOnly(text)) return output.write(text, callback);
		lastFrame = text;
		const prefix = isClearPending ? clearScreen : '';
		isClearPending = false;
		return output.write(prefix + text, callback);
	};

	const ignore = () => stream;
	const stream = {
		isTTY: true,
		get columns() {
			return size.get().columns;
		},
		rows: Number.MAX_SAFE_INTEGER,
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
			write(lastFrame);
		},
		isClearPending: () => isClearPending,
		close() {
			isClosed = true;
		},
	};
};
