import type {Clock} from '../../engine/clock.js';
import type {NoteRequest} from '../../aws/transport/note-requests.js';

/** What a command sees of the process it runs in. Only `cli.tsx` has the process itself. */
export type Host = {
	readonly environment: NodeJS.ProcessEnv;
	readonly stdin: NodeJS.ReadStream;
	readonly stdout: NodeJS.WriteStream;
	readonly stderr: NodeJS.WriteStream;
	/** The time, and the waiting. */
	readonly clock: Clock;
	/** Counts a Ctrl-C that was read as a key: the first stops safely, the second ends the process at once. */
	readonly interrupt: () => void;
	/** Calls when Ctrl-C or a signal asks to stop; gives the function that takes the listener back. */
	readonly onInterrupt: (listener: () => void) => () => void;
	/** Calls when the process goes on after Ctrl-Z, when somebody else stops it, or when the window was changed. */
	readonly onSignal: (signal: 'SIGCONT' | 'SIGTSTP' | 'SIGWINCH', listener: () => void) => () => void;
	/** Calls when the process ends, whatever ends it. */
	readonly onExit: (listener: () => void) => () => void;
	/** Runs a command in front of the person, with the terminal; gives what became of it where it did not end well. */
	readonly runInForeground: (command: readonly string[]) => Promise<string | undefined>;
	/** Stops this process alone, at once. */
	readonly stopProcess: () => void;
	/** Keeps what others write from the outputs while something is drawn; gives what lets it out again, as one remark. */
	readonly holdOutputs: (onLine?: (line: string) => void) => () => void;
	/** Is told of each request to AWS, where `--debug` asks for it. */
	readonly noteRequest?: NoteRequest;
	/** Stops the process as Ctrl-Z does. */
	readonly suspendProcess: () => void;
};

/** What is said of how the output is read. */
export type ReadingArguments = {readonly accessible?: boolean; readonly noColor?: boolean};

/** Whether somebody sits there who can be asked. */
export function isTerminal(host: Host): boolean {
	return Boolean(host.stdin.isTTY && host.stdout.isTTY);
}

/** Whether a screen can be drawn there: not on a terminal that cannot move its cursor, and not for a screen reader. */
export function canDraw(host: Host, given: ReadingArguments): boolean {
	return isTerminal(host) && host.environment.TERM !== 'dumb' && !readsAccessibly(host, given);
}

/** Whether a screen reader reads what is written: then lines are added, and nothing is drawn over. */
export function readsAccessibly({environment}: Pick<Host, 'environment'>, given: ReadingArguments): boolean {
	const {ACCESSIBLE, INK_SCREEN_READER} = environment;
	const isSet = [ACCESSIBLE, INK_SCREEN_READER].some(
		(value) => value !== undefined && !/^(?:0|false|no)?$/i.test(value),
	);
	return Boolean(given.accessible) || isSet;
}
