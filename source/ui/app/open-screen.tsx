import {type ReactNode} from 'react';
import {type DescribeEvent} from '../event-lines.js';
import {renderApp} from './render-app.js';
import {type RunInForeground} from '../hooks/use-foreground.js';
import {type TerminalAbilities} from '../terminal-abilities.js';
import {createTheme} from '../theme.js';

export type ScreenOptions = {
	readonly abilities: TerminalAbilities;
	/** Events in words, for the plain lines. */
	readonly describe: DescribeEvent;
	readonly stdin: NodeJS.ReadStream;
	readonly stdout: NodeJS.WriteStream;
	/** Ctrl-C on the keyboard; the program counts it together with the signals. */
	readonly interrupt: () => void;
	/** Calls when Ctrl-C or a signal asks to stop; gives the function that takes the listener back. */
	readonly onInterrupt: (listener: () => void) => () => void;
	/** Runs a command with the terminal, in front of the person. */
	readonly runInForeground?: RunInForeground;
	/** Stops the process after Ctrl-Z. */
	readonly suspendProcess: () => void;
	/** Calls when the process goes on after Ctrl-Z, and when the window was changed. */
	readonly onSignal: (signal: 'SIGCONT' | 'SIGWINCH', listener: () => void) => () => void;
	/** Calls when the process ends, whatever ends it. */
	readonly onExit: (listener: () => void) => () => void;
};

type OpenScreen = {
	/** Takes the screen down and gives the terminal back. */
	readonly close: () => void;
	/** Rejects with what a component threw; the terminal is as it was then. */
	readonly waitUntilExit: () => Promise<void>;
};

/** Draws an element on the terminal that the program runs in, and follows the signals that concern a screen. */
export function openScreen(element: ReactNode, options: ScreenOptions): OpenScreen {
	const app = renderApp(element, {
		stdin: options.stdin,
		stdout: options.stdout,
		theme: createTheme(options.abilities),
		onInterrupt: options.interrupt,
		onEnd: options.interrupt,
		suspendProcess: options.suspendProcess,
		runInForeground: options.runInForeground,
	});
	const ends = [
		options.onSignal('SIGCONT', app.resume),
		options.onSignal('SIGWINCH', app.windowChanged),
		options.onExit(app.leave),
	];
	return {
		close() {
			app.leave();
			for (const end of ends) end();
		},
		waitUntilExit: app.waitUntilExit,
	};
}
