import {EventEmitter} from 'node:events';
import {type ReactNode} from 'react';
import {onTestFinished} from 'vitest';
import {type Clock} from '../../source/ui/clock.js';
import {renderApp} from '../../source/ui/app/render-app.js';
import {type RunInForeground} from '../../source/ui/hooks/use-foreground.js';
import {whenReactIsQuiet} from '../../source/ui/terminal/when-react-is-quiet.js';
import {createTheme, type Theme} from '../../source/ui/theme.js';
import {createHeadlessScreen} from './headless-screen.js';
import {keyCodes, type KeyCode} from './key-codes.js';
import {sampled} from './sampled.js';
import {until} from './until.js';

/** Both ends of a terminal inside the test's own process. */
class TestTerminal extends EventEmitter {
	readonly isTTY = true;
	isRaw = false;
	columns: number;
	rows: number;
	readonly write: (text: string, callback?: () => void) => boolean;

	constructor(columns: number, rows: number, write: (text: string, callback?: () => void) => boolean) {
		super();
		this.columns = columns;
		this.rows = rows;
		this.write = write;
	}

	setRawMode(isRaw: boolean): void {
		this.isRaw = isRaw;
	}

	pause(): void {
		// Nothing arrives by itself.
	}

	resume(): void {
		// Nothing arrives by itself.
	}
}

export type ScreenSize = {readonly columns: number; readonly rows: number};

/** The sizes every screen and component is shown at: the common one each time, and one of the others unless all tables are tried whole. */
export const screenSizes: readonly ScreenSize[] = [
	{columns: 80, rows: 24},
	...sampled(
		'screen sizes',
		[
			{columns: 60, rows: 16},
			{columns: 120, rows: 40},
		],
		10,
	),
];

export type RenderScreenOptions = Partial<ScreenSize> & {
	readonly theme?: Theme;
	/** A clock of the test; real time without it. */
	readonly clock?: Clock;
	/** Stands for a command that is run with the terminal. */
	readonly runInForeground?: RunInForeground;
};

const isMatch = (check: string | RegExp | ((frame: string) => boolean), frame: string): boolean =>
	typeof check === 'function'
		? check(frame)
		: typeof check === 'string'
			? frame.includes(check)
			: check.test(frame);

/** An element drawn by the real `renderApp` on a terminal of the given size, 80 × 24 by default. Taken down by itself. */
export const renderScreen = async (
	element: ReactNode,
	{
		columns = 80,
		rows = 24,
		theme = createTheme({hasColour: false, hasUnicode: true}),
		clock,
		runInForeground,
	}: RenderScreenOptions = {},
) => {
	const screen = createHeadlessScreen(columns, rows);
	let output = '';
	let interrupts = 0;
	let suspends = 0;
	// A terminal driver turns a line feed into a new line.
	const write = (text: string, callback?: () => void): boolean => {
		output += text;
		screen.write(text.replaceAll('\n', '\r\n'));
		if (callback) setImmediate(callback);
		return true;
	};
	const terminal = new TestTerminal(columns, rows, write);
	const app = renderApp(element, {
		stdin: terminal,
		stdout: terminal,
		theme,
		clock,
		onInterrupt: () => interrupts++,
		suspendProcess: () => suspends++,
		runInForeground,
		writeNow: write,
	});
	onTestFinished(() => {
		app.leave();
		screen.dispose();
	});

	const show = () => screen.lines().join('\n').trimEnd();
	const waitFor = async (check: string | RegExp | ((frame: string) => boolean)) => {
		await until(
			async () => {
				await screen.settle();
				return isMatch(check, show());
			},
			{describe: () => `Waited for ${String(check)}, but the screen was:\n${show()}`},
		);
		return show();
	};
	await screen.settle();

	return {
		app,
		/** The screen as one text, without the blanks at its end. */
		frame: show,
		lines: screen.lines,
		/** Everything written so far, escape codes included. */
		output: () => output,
		interrupts: () => interrupts,
		suspends: () => suspends,
		isRaw: () => terminal.isRaw,
		isAlternate: screen.isAlternate,
		/** Waits until React has nothing left to draw: what was changed before is on the screen. */
		async quiet() {
			await new Promise<void>((resolve) => {
				whenReactIsQuiet(resolve);
			});
			await screen.settle();
		},
		/** Waits until the screen contains the text, matches, or satisfies the check; gives the frame. */
		waitFor,
		/** Sends text as if typed at once. */
		type(text: string) {
			terminal.emit('data', text);
		},
		/** Sends keys by name, all at once. */
		press(...keys: readonly KeyCode[]) {
			terminal.emit('data', keys.map((key) => keyCodes[key]).join(''));
		},
		resize(size: ScreenSize) {
			terminal.columns = size.columns;
			terminal.rows = size.rows;
			screen.resize(size.columns, size.rows);
			terminal.emit('resize');
		},
	};
};

export type RenderedScreen = Awaited<ReturnType<typeof renderScreen>>;
