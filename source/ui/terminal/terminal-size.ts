/** Size of a terminal in cells. */
export type TerminalSize = {readonly columns: number; readonly rows: number};

/** Where the size comes from, and who hears of a change. `get` returns the same object until it changes. */
export type TerminalSizeSource = {
	readonly get: () => TerminalSize;
	/** @returns ends the subscription */
	readonly subscribe: (listener: () => void) => () => void;
};

/** What is used of an output stream to know its size. `process.stdout` is one. */
export type SizedOutput = {
	readonly columns?: number;
	readonly rows?: number;
	readonly on: (event: 'resize', listener: () => void) => unknown;
	readonly off: (event: 'resize', listener: () => void) => unknown;
};

/** A terminal that does not tell its size (a serial line: 0 × 0) counts as 80 × 24. */
export const unknownSize: TerminalSize = {columns: 80, rows: 24};

/** Follows the size of an output stream. */
export const followSize = (output: SizedOutput): TerminalSizeSource => {
	let size = unknownSize;
	return {
		get() {
			const columns = output.columns || unknownSize.columns;
			const rows = output.rows || unknownSize.rows;
			if (columns !== size.columns || rows !== size.rows) size = {columns, rows};
			return size;
		},
		subscribe(listener) {
			output.on('resize', listener);
			return () => {
				output.off('resize', listener);
			};
		},
	};
};
