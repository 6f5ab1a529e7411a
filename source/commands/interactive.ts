import type {ExitCode} from '../command-line/exit-code.js';
import type {ArgumentsOf} from '../command-line/options.js';
import {type Host, canDraw, isTerminal} from './host/host.js';

/** `s3-replicate` without a command: the wizard, drawn, or as lines for a screen reader; without a terminal both tutorials as lines. */
export async function interactiveCommand(host: Host, given: ArgumentsOf<'wizard'>): Promise<ExitCode> {
	if (given.json || !isTerminal(host)) return (await import('./demo.js')).demoCommand(host, given);
	// Also where the cursor cannot be moved.
	if (!canDraw(host, given)) return (await import('./accessible.js')).accessibleCommand(host, given);
	return (await import('./wizard.js')).wizardCommand(host, given);
}
