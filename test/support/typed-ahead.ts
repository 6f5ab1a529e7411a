import {PassThrough} from 'node:stream';
import {openAsker} from '../../source/commands/ask/ask-lines.js';
import type {Host} from '../../source/commands/host/host.js';

/** An asker whose answers are typed ahead, and what it has written. */
export const typedAhead = (...lines: readonly string[]) => {
	const stdin = new PassThrough();
	const stdout = new PassThrough();
	stdin.write(lines.map((line) => `${line}\n`).join(''));
	const host = {stdin, stdout, onInterrupt: () => () => undefined} as unknown as Host;
	return {
		asker: openAsker(host),
		said: () => String(stdout.read() ?? ''),
		end: () => stdin.end(),
		type: (line: string) => stdin.write(`${line}\n`),
	};
};
