import {setTimeout as delay} from 'node:timers/promises';
import {spawn} from '@lydell/node-pty';
import {onTestFinished} from 'vitest';
import {createHeadlessScreen} from './headless-screen.js';
import {keyCodes, type KeyCode} from './key-codes.js';
import {hangsAfterMs, until} from './until.js';

type TerminalOptions = {
	readonly columns?: number;
	readonly rows?: number;
	/** Folder to start in; the repository by default. */
	readonly cwd?: string;
	/** Added to a small fixed environment; nothing of the tester's own AWS settings gets in. */
	readonly env?: Readonly<Record<string, string>>;
	/** Takes what closes the terminal; the end of the test by default. */
	readonly closeWith?: (close: () => Promise<void>) => void;
};

/** How the terminal was left behind. */
type TerminalState = {
	readonly isAlternate: boolean;
	readonly isCursorVisible: boolean;
	readonly isPasteBracketed: boolean;
	readonly isWrapping: boolean;
	/** Line by line with echo, as a shell expects it. */
	readonly isCooked: boolean;
};

/** What a shell expects to find. */
export const restoredTerminal: TerminalState = {
	isAlternate: false,
	isCursorVisible: true,
	isPasteBracketed: false,
	isWrapping: true,
	isCooked: true,
};

/** Prints the terminal's settings when told to, after the command has ended, on the same pseudo-terminal. */
const wrapper = [
	// Caught, not ignored: the shell outlives a Ctrl-C, and the command starts with the default.
	'trap : INT QUIT',
	`sh -c 'printf "\\033]778;%s\\007" $$; exec "$@"' sh "$@"`,
	'code=$?',
	'printf "\\033]777;%s;%s\\007" "$code" "$(stty -a | tr "\\n" " ")"',
	'exec cat >/dev/null',
].join('; ');
const started = /\u001B\]778;(\d+)\u0007/;
const ending = /\u001B\]777;(\d+);([^\u0007]*)\u0007/;

const count = (text: string, part: string): number => text.split(part).length - 1;

/**
 * Runs a command in a real pseudo-terminal and reads the screen back as a person sees it. Everything is taken down when
 * the test ends.
 */
export const openTerminal = (
	command: string,
	commandArguments: readonly string[],
	{columns = 80, rows = 24, cwd = process.cwd(), env = {}, closeWith = onTestFinished}: TerminalOptions = {},
) => {
	const screen = createHeadlessScreen(columns, rows);
	let output = '';
	const pty = spawn('/bin/sh', ['-c', wrapper, 'sh', command, ...commandArguments], {
		name: 'xterm-256color',
		cols: columns,
		rows,
		cwd,
		env: {
			PATH: process.env['PATH'] ?? '',
			HOME: process.env['HOME'] ?? '',
			TERM: 'xterm-256color',
			LANG: 'C.UTF-8',
			CI: 'false',
			...env,
		},
	});
	pty.onData((data) => {
		output += data;
		screen.write(data);
	});
	let hasEnded = false;
	const ended = new Promise<void>((resolve) => {
		pty.onExit(() => {
			hasEnded = true;
			resolve();
		});
	});
	closeWith(async () => {
		if (!hasEnded) {
			// Closing the terminal hangs up on whatever still runs in it.
			pty.kill('SIGHUP');
			await Promise.race([ended, until(() => hasEnded, {timeoutMs: 3000}).catch(() => pty.kill('SIGKILL'))]);
		}

		screen.dispose();
	});

	const show = () => screen.lines().join('\n').trimEnd();
	const waitFor = async (
		check: (frame: string) => boolean,
		{what = 'the screen to change'} = {},
	): Promise<string> => {
		await until(
			async () => {
				await screen.settle();
				return check(show());
			},
			{
				describe: () => `Waited for ${what}. The screen:\n${show()}\n${'-'.repeat(columns)}`,
			},
		);
		return show();
	};

	return {
		/** The visible screen as one text, without the blanks at its end. */
		frame: show,
		lines: screen.lines,
		/** The normal screen with what has scrolled out of it. */
		history: screen.history,
		/** Every byte written so far, as text. */
		output: () => output,
		waitFor,
		waitForText: async (text: string) =>
			waitFor((frame) => frame.includes(text), {what: JSON.stringify(text)}),
		/** Sends text in one write, as type-ahead or `tmux send-keys` does. */
		type(text: string) {
			pty.write(text);
		},
		/** Sends texts one after the other, some milliseconds apart: a fast typist, or a slow line that splits sequences. */
		async typeApart(texts: Iterable<string>, gapMs: number) {
			for (const text of texts) {
				pty.write(text);
				await delay(gapMs);
			}
		},
		/** Sends keys by name in one write. */
		press(...keys: readonly KeyCode[]) {
			pty.write(keys.map((key) => keyCodes[key]).join(''));
		},
		/** Sends a text the way a terminal pastes it. */
		paste(text: string) {
			pty.write(keyCodes.pasteStart + text + keyCodes.pasteEnd);
		},
		resize(newColumns: number, newRows: number) {
			screen.resize(newColumns, newRows);
			pty.resize(newColumns, newRows);
		},
		/** Sends a signal to the command itself. */
		signal(name: NodeJS.Signals) {
			process.kill(Number(started.exec(output)?.[1]), name);
		},
		/** How often the scrollback was wiped (3J). Must stay 0. */
		scrollbackWipes: () => count(output, '\u001B[3J'),
		/** Waits for the command to end; gives its exit code and how it left the terminal. */
		async waitForEnd(
			timeoutMs = hangsAfterMs,
		): Promise<{readonly exitCode: number; readonly state: TerminalState}> {
			const [, code, settings] = await until(() => ending.exec(output), {
				timeoutMs,
				describe: () => `The command did not end within ${timeoutMs} ms. The screen:\n${show()}`,
			});
			await screen.settle();
			return {
				exitCode: Number(code),
				state: {
					isAlternate: screen.isAlternate(),
					isCursorVisible: output.lastIndexOf('\u001B[?25l') <= output.lastIndexOf('\u001B[?25h'),
					isPasteBracketed: screen.isPasteBracketed(),
					isWrapping: screen.isWrapping(),
					isCooked: / icanon /.test(` ${settings} `) && / echo /.test(` ${settings} `),
				},
			};
		},
	};
};

export type OpenedTerminal = ReturnType<typeof openTerminal>;
