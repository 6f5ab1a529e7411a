import xterm from '@xterm/headless';

/** A terminal without a window: what is written to it can be read back as a person would see it. */
type HeadlessScreen = {
	readonly write: (text: string) => void;
	readonly resize: (columns: number, rows: number) => void;
	/** Waits until all that was written is on the screen. */
	readonly settle: () => Promise<void>;
	/** The visible rows, without the blanks at their ends. */
	readonly lines: () => readonly string[];
	/** What scrolled out of sight on the normal screen, and the normal screen itself. */
	readonly history: () => readonly string[];
	readonly isAlternate: () => boolean;
	readonly isPasteBracketed: () => boolean;
	readonly isWrapping: () => boolean;
	readonly dispose: () => void;
};

const readLines = (buffer: xterm.IBuffer, from: number, to: number): readonly string[] =>
	Array.from({length: to - from}, (_, index) => buffer.getLine(from + index)?.translateToString(true) ?? '');

export const createHeadlessScreen = (columns: number, rows: number): HeadlessScreen => {
	const terminal = new xterm.Terminal({cols: columns, rows, allowProposedApi: true, scrollback: 5000});
	return {
		write(text) {
			terminal.write(text);
		},
		resize(newColumns, newRows) {
			terminal.resize(newColumns, newRows);
		},
		settle: async () =>
			new Promise((resolve) => {
				terminal.write('', resolve);
			}),
		lines() {
			const {active} = terminal.buffer;
			return readLines(active, active.baseY, active.baseY + terminal.rows);
		},
		history: () => readLines(terminal.buffer.normal, 0, terminal.buffer.normal.length),
		isAlternate: () => terminal.buffer.active.type === 'alternate',
		isPasteBracketed: () => terminal.modes.bracketedPasteMode,
		isWrapping: () => terminal.modes.wraparoundMode,
		dispose() {
			terminal.dispose();
		},
	};
};
