import {render} from 'ink';
import {type ReactNode} from 'react';
import {commandText} from '../../domain/sign-in-advice.js';
import {visibleText} from '../../domain/text/visible-text.js';
import {createClock, type Clock} from '../clock.js';
import {KeyRoot} from '../hooks/key-root.js';
import {ClipboardContext, type CopyText} from '../hooks/use-clipboard.js';
import {ForegroundContext, type RunInForeground} from '../hooks/use-foreground.js';
import {KeyHoldContext} from '../hooks/use-hold-keys.js';
import {ClockContext} from '../hooks/use-now.js';
import {PainterContext} from '../hooks/use-painter.js';
import {ScrollbackContext, type Scrollback} from '../hooks/use-scrollback.js';
import {TerminalSizeContext} from '../hooks/use-terminal-size.js';
import {ThemeContext} from '../hooks/use-theme.js';
import {copyCode} from '../terminal/copy-code.js';
import {createFrameWriter, type TerminalOutput} from '../terminal/frame-writer.js';
import {createKeyHold} from '../terminal/key-hold.js';
import {KeyStdin, type TerminalInput} from '../terminal/key-stdin.js';
import {createTerminalModes, writeAtOnce} from '../terminal/terminal-modes.js';
import {followSize, type SizedOutput} from '../terminal/terminal-size.js';
import {whenReactIsQuiet} from '../terminal/when-react-is-quiet.js';
import {type Theme} from '../theme.js';

type RenderAppOptions = {
	/** The terminal's input: `process.stdin`. */
	readonly stdin: TerminalInput;
	/** The terminal's output: `process.stdout`. */
	readonly stdout: TerminalOutput & SizedOutput;
	readonly theme: Theme;
	/** Ctrl-C, at once and every time. Nothing else happens: the program decides. */
	readonly onInterrupt: () => void;
	/** The terminal was closed under the program. */
	readonly onEnd?: () => void;
	/**
	 * Stops the process after Ctrl-Z, the terminal being as it was: `() => process.kill(0, 'SIGTSTP')`. Absent: Ctrl-Z does
	 * nothing.
	 */
	readonly suspendProcess?: () => void;
	/** Runs a command with the terminal, which is given back for it. */
	readonly runInForeground?: RunInForeground;
	readonly clock?: Clock;
	/** Writes modes to the terminal before it returns; file descriptor 1 by default. */
	readonly writeNow?: (text: string) => void;
	/** Tells what the terminal runs in, tmux for one. */
	readonly environment?: Readonly<Record<string, string | undefined>>;
};

type RunningApp = {
	/**
	 * Takes the screen down and gives the terminal back as it was. Idempotent and synchronous: call it from the end of the
	 * program, from signals and from `process.on('exit')`.
	 */
	readonly leave: () => void;
	/** Gives the terminal back because somebody else stops the process. */
	readonly suspend: () => void;
	/** After SIGCONT: takes the terminal again and paints everything. */
	readonly resume: () => void;
	/** Paints the last frame again on an empty screen. */
	readonly repaint: () => void;
	/**
	 * After SIGWINCH. Node tells of a resize only when the size differs from the last it saw: a window dragged there and back
	 * would stay half painted.
	 */
	readonly windowChanged: () => void;
	/** Fulfilled when the screen was taken down, rejected with what a component threw; the terminal is restored then. */
	readonly waitUntilExit: () => Promise<void>;
};

/** A resize storm is over after this much silence; a clear that no frame has followed by then is made good. */
const resizeSettleMs = 100;

/** Draws a program on the terminal's alternate screen: input shim, modes, Ink, and what every component reads. */
export const renderApp = (
	element: ReactNode,
	{
		stdin,
		stdout,
		theme,
		onInterrupt,
		onEnd,
		suspendProcess,
		runInForeground,
		clock = createClock(),
		writeNow = writeAtOnce(1),
		environment,
	}: RenderAppOptions,
): RunningApp => {
	const size = followSize(stdout);
	const modes = createTerminalModes(writeNow);
	const output = createFrameWriter(stdout, size, !theme.hasUnicode);
	const keyHold = createKeyHold();
	const whenQuiet = (callback: () => void): void => {
		// A key acts on what is the case, not on what was drawn up to 100 ms ago.
		clock.flush();
		whenReactIsQuiet(() => {
			let isFree = false;
			keyHold.whenFree(() => {
				// Held until now: what ended the hold has yet to be drawn, and may hold again.
				if (isFree) whenQuiet(callback);
				else callback();
			});
			isFree = true;
		});
	};
	const keyStdin = new KeyStdin({
		source: stdin,
		whenQuiet,
		onInterrupt,
		onEnd,
		onSuspend:
			suspendProcess &&
			(() => {
				isSuspended = true;
				keyStdin.stop();
				modes.leave();
				suspendProcess();
			}),
	});

	let isLeft = false;
	let isSuspended = false;
	let isAway = false;
	let isScrolling = false;
	const takeScreen = (): void => {
		modes.enter();
		output.repaint();
	};
	const scrollback: Scrollback = {
		open() {
			if (isLeft || isScrolling) return;
			isScrolling = true;
			output.hide();
			modes.leave();
		},
		write(lines) {
			if (isScrolling) stdout.write(lines.map((line) => `${visibleText(line)}\n`).join(''));
		},
		close() {
			if (isLeft || !isScrolling) return;
			isScrolling = false;
			if (!isSuspended && !isAway) takeScreen();
		},
	};

	const copy: CopyText = (text) => {
		if (!isLeft && !isAway) writeNow(copyCode(text, environment));
	};

	const inForeground: RunInForeground = async (command) => {
		if (!runInForeground || isLeft || isAway) return 'There is no terminal to run it in.';
		isAway = true;
		output.hide();
		keyStdin.stop();
		modes.leave();
		stdout.write(`$ ${visibleText(commandText(command))}\n`);
		try {
			return await runInForeground(command);
		} finally {
			isAway = false;
			if (!isLeft) {
				if (!isScrolling) takeScreen();
				keyStdin.start();
			}
		}
	};

	let settleTimer: NodeJS.Timeout | undefined;
	const windowChanged = () => {
		output.clearBeforeNextFrame();
		clearTimeout(settleTimer);
		settleTimer = setTimeout(() => {
			if (output.isClearPending() && !isScrolling && !isAway) output.repaint();
		}, resizeSettleMs);
	};
	const endResizes = size.subscribe(windowChanged);

	modes.enter();
	keyStdin.start();
	const ink = render(
		<ThemeContext value={theme}>
			<TerminalSizeContext value={size}>
				<ClockContext value={clock}>
					<KeyHoldContext value={keyHold}>
						<PainterContext value={output.painter}>
							<ScrollbackContext value={scrollback}>
								<ForegroundContext value={inForeground}>
									<ClipboardContext value={copy}>
										<KeyRoot>{element}</KeyRoot>
									</ClipboardContext>
								</ForegroundContext>
							</ScrollbackContext>
						</PainterContext>
					</KeyHoldContext>
				</ClockContext>
			</TerminalSizeContext>
		</ThemeContext>,
		{
			stdin: keyStdin as unknown as NodeJS.ReadStream,
			stdout: output.stream,
			exitOnCtrlC: false,
			patchConsole: false,
			// Each commit is one complete frame, written at once: what `FrameWriter` takes.
			debug: true,
		},
	);

	const leave = () => {
		if (isLeft) return;
		isLeft = true;
		clearTimeout(settleTimer);
		endResizes();
		output.close();
		try {
			ink.unmount();
		} finally {
			keyStdin.stop();
			modes.leave();
		}
	};

	// Asked for at once: Ink forgets how it ended when nobody was waiting.
	const exited = ink
		.waitUntilExit()
		.then(() => undefined)
		.finally(leave);
	exited.catch(() => undefined);

	return {
		leave,
		suspend() {
			if (isLeft || isSuspended || isAway) return;
			isSuspended = true;
			keyStdin.stop();
			modes.leave();
		},
		resume() {
			if (isLeft || isAway || !isSuspended) return;
			isSuspended = false;
			if (!isScrolling) takeScreen();
			keyStdin.start();
		},
		repaint() {
			if (!isScrolling && !isAway) output.repaint();
		},
		windowChanged() {
			if (!isLeft) windowChanged();
		},
		waitUntilExit: () => exited,
	};
};
