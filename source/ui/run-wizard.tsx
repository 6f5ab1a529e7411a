import type {Session} from '../session/session.js';
import {App} from './app.js';
import {type DescribeEvent} from './hooks/use-event-lines.js';
import {renderApp} from './render-app.js';
import {type TerminalAbilities} from './terminal-abilities.js';
import {createTheme} from './theme.js';

export type RunWizardOptions = {
	readonly abilities: TerminalAbilities;
	/** Events in words, for the watch's plain stream. */
	readonly describe: DescribeEvent;
	readonly stdin: NodeJS.ReadStream;
	readonly stdout: NodeJS.WriteStream;
	/** Ctrl-C on the keyboard; the program counts it together with the signals. */
	readonly interrupt: () => void;
	/** Calls when Ctrl-C or a signal asks to stop; gives the function that takes the listener back. */
	readonly onInterrupt: (listener: () => void) => () => void;
	/** Stops the process after Ctrl-Z. */
	readonly suspendProcess: () => void;
	/** Calls when the process goes on after Ctrl-Z, and when the window was changed. */
	readonly onSignal: (signal: 'SIGCONT' | 'SIGWINCH', listener: () => void) => () => void;
	/** Calls when the process ends, whatever ends it. */
	readonly onExit: (listener: () => void) => () => void;
};

/**
 * Draws the wizard until it is left. While changes are made Ctrl-C stops safely: the calls under way are finished first.
 * Rejects with what a component threw; the terminal is as it was in any case.
 */
export async function runWizard(session: Session, options: RunWizardOptions): Promise<void> {
	const {abilities, stdin, stdout} = options;
	let leave = (): void => undefined;
	const left = new Promise<void>((resolve) => {
		leave = resolve;
	});
	// Before the first frame: it shows the step that the flags leave to be asked.
	void session.start();
	const app = renderApp(<App session={session} onLeave={() => leave()} describe={options.describe} />, {
		stdin,
		stdout,
		theme: createTheme(abilities),
		onInterrupt: options.interrupt,
		onEnd: options.interrupt,
		suspendProcess: options.suspendProcess,
	});
	const ends = [
		options.onInterrupt(() => {
			const isWriting = session.getState().phase === 'applying';
			session.interrupt();
			// Apply ends by itself when the calls under way are finished; its screen leaves then.
			if (!isWriting) leave();
		}),
		options.onSignal('SIGCONT', app.resume),
		options.onSignal('SIGWINCH', app.windowChanged),
		options.onExit(app.leave),
	];
	try {
		await Promise.race([left, app.waitUntilExit()]);
	} finally {
		app.leave();
		for (const end of ends) end();
	}
}
