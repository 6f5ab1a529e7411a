import type {Session} from '../../session/session.js';
import {App} from './app.js';
import {openScreen, type ScreenOptions} from './open-screen.js';

/**
 * Draws the wizard until it is left. While changes are made Ctrl-C stops safely: the calls under way are finished first.
 * Rejects with what a component threw; the terminal is as it was in any case.
 */
export async function runWizard(session: Session, options: ScreenOptions): Promise<void> {
	let leave = (): void => undefined;
	const left = new Promise<void>((resolve) => {
		leave = resolve;
	});
	// Before the first frame: it shows the step that the flags leave to be asked.
	void session.start();
	const screen = openScreen(
		<App session={session} onLeave={() => leave()} describe={options.describe} />,
		options,
	);
	const endInterrupts = options.onInterrupt(() => {
		const isWriting = session.getState().phase === 'applying';
		session.interrupt();
		// Apply ends by itself when the calls under way are finished; its screen leaves then.
		if (!isWriting) leave();
	});
	try {
		await Promise.race([left, screen.waitUntilExit()]);
	} finally {
		endInterrupts();
		screen.close();
	}
}
