import type {Readable, Writable} from 'node:stream';

/** What a command sees of the process it runs in. Only `cli.tsx` has the process itself. */
export type Host = {
	readonly environment: NodeJS.ProcessEnv;
	readonly stdin: Readable & {readonly isTTY?: boolean};
	readonly stdout: Writable & {readonly isTTY?: boolean};
	readonly stderr: Writable;
	/** Calls when Ctrl-C or a signal asks to stop; gives the function that takes the listener back. */
	readonly onInterrupt: (listener: () => void) => () => void;
};

/** Whether somebody sits there who can be asked. */
export function isTerminal(host: Host): boolean {
	return Boolean(host.stdin.isTTY && host.stdout.isTTY);
}
