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
	/** Tells what the terminal runs in. */
	readonly environment?: Readonly<Record<string, string | undefined>>;
	/** Stops the process after Ctrl-Z. */
	readonly suspendProcess: () => void;
	/** Stops this process alone, at once. */
	readonly stopProcess?: () => void;
	/** Keeps what others write from the terminal; gives what lets it out again. The screen's own output is not among it. */
	readonly holdOutputs?: () => () => void;
	/** Calls when the process goes on after Ctrl-Z, when somebody else stops it, and when the window was changed. */
	readonly onSignal: (signal: 'SIGCONT' | 'SIGTSTP' | 'SIGWINCH', listener: () => void) => () => void;
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
	const stdout = ownOutput(options.stdout);
	const release = options.holdOutputs?.();
	const leave = (): void => {
		app.leave();
		release?.();
	};
	const app = renderApp(element, {
		stdin: options.stdin,
		stdout,
		theme: createTheme(options.abilities),
		onInterrupt: options.interrupt,
		onEnd: options.interrupt,
		suspendProcess: options.suspendProcess,
		runInForeground: options.runInForeground,
		environment: options.environment,
	});
	const ends = [
		options.onSignal('SIGCONT', app.resume),
		options.onSignal('SIGTSTP', () => {
			app.suspend();
			options.stopProcess?.();
		}),
		options.onSignal('SIGWINCH', app.windowChanged),
		options.onExit(leave),
	];
	return {
		close() {
			leave();
			for (const end of ends) end();
		},
		waitUntilExit: app.waitUntilExit,
	};
}

/** The terminal, whatever becomes of `write` for others. */
function ownOutput(stdout: NodeJS.WriteStream): NodeJS.WriteStream {
	const write = stdout.write.bind(stdout);
	return new Proxy(stdout, {
		get(target, name) {
			if (name === 'write') return write;
			const value: unknown = Reflect.get(target, name, target);
			return typeof value === 'function' ? (value.bind(target) as unknown) : value;
		},
	});
}
