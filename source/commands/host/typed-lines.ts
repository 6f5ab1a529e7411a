import {createInterface, type Interface} from 'node:readline/promises';
import type {Host} from './host.js';

/**
 * What is typed, line by line; the terminal itself echoes it. A screen that was drawn before has let go of the terminal, so that it keeps the
 * process no more: who waits for a line takes hold of it again.
 */
export function typedLines({stdin}: Pick<Host, 'stdin'>): Interface {
	// A stream that is no terminal has nothing to hold.
	(stdin as Partial<Pick<NodeJS.ReadStream, 'ref'>>).ref?.();
	return createInterface({input: stdin, terminal: false});
}
