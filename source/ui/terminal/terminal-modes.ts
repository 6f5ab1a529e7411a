import {writeSync} from 'node:fs';

/** Alternate screen, no cursor, no line wrap, pastes marked; then an empty screen. */
const enterSequence = '\u001B[?1049h\u001B[?25l\u001B[?7l\u001B[?2004h\u001B[2J\u001B[H';
/**
 * The reverse; also ends a half-written synchronized frame and any colour. The screen is emptied first: where there is no alternate one, as
 * in GNU screen unless `altscreen` is on, the last frame would stay under what is written next.
 */
const leaveSequence =
	'\u001B[?2026l\u001B[?2004l\u001B[?7h\u001B[?25h\u001B[0m\u001B[2J\u001B[H\u001B[?1049l';

/** Switches the terminal into the program's modes and back. */
type TerminalModes = {
	/** Does nothing when entered already. */
	readonly enter: () => void;
	/** Does nothing when left already; written at once, so it may be called from an exit handler or a signal. */
	readonly leave: () => void;
	readonly isEntered: () => boolean;
};

/**
 * A `write` that has reached the terminal when it returns. A terminal that takes nothing more is tried again for a short
 * time (EAGAIN), one that is gone is left alone.
 *
 * @param fileDescriptor of the terminal, 1 for standard output
 */
export const writeAtOnce =
	(fileDescriptor: number) =>
	(text: string): void => {
		let bytes = Buffer.from(text);
		for (let attempt = 0; attempt < 1000 && bytes.length > 0; attempt++) {
			try {
				bytes = bytes.subarray(writeSync(fileDescriptor, bytes));
			} catch (error) {
				if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return;
				Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
			}
		}
	};

/**
 * The one owner of the terminal's modes. Every way out calls `leave`: the end of the program, its signals, an exception
 * nobody caught.
 *
 * @param write writes text to the terminal before it returns
 */
export const createTerminalModes = (write: (text: string) => void): TerminalModes => {
	let isEntered = false;
	return {
		enter() {
			if (isEntered) return;
			isEntered = true;
			write(enterSequence);
		},
		leave() {
			if (!isEntered) return;
			isEntered = false;
			write(leaveSequence);
		},
		isEntered: () => isEntered,
	};
};
