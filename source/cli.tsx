import {exitCodes} from './command-line/exit-code.js';
import {guardProcess, showLettersOf, whenWritten, writeFault, writeLines} from './commands/host/door.js';
import {holdOutputs} from './commands/host/hold-outputs.js';
import type {Host} from './commands/host/host.js';
import {systemClock} from './commands/host/system-clock.js';
import {program} from './program.js';
import {readArguments} from './read-arguments.js';
import {runCommandLine} from './run-command-line.js';

const listeners = new Set<() => void>();
let interrupts = 0;
/** The signal to stop is our own. */
let isSuspending = false;
/** Ctrl-C is for the command in the foreground. */
let isAway = false;
/** What became of standard output. */
const output: {state: 'open' | 'left' | 'failed'} = {state: 'open'};

const host: Host = {
	environment: process.env,
	stdin: process.stdin,
	stdout: process.stdout,
	stderr: process.stderr,
	clock: systemClock,
	interrupt,
	onInterrupt(listener) {
		listeners.add(listener);
		return () => listeners.delete(listener);
	},
	onSignal: listenTo,
	onExit: (listener) => listenTo('exit', listener),
	stopProcess: () => process.kill(process.pid, 'SIGSTOP'),
	holdOutputs: (onLine) => holdOutputs(process.stdout, process.stderr, onLine),
	suspendProcess() {
		isSuspending = true;
		process.kill(0, 'SIGTSTP');
		// Heard by a screen the signal stops nobody by itself.
		process.kill(process.pid, 'SIGSTOP');
	},
	async runInForeground(command) {
		isAway = true;
		try {
			const {runCommand} = await import('./commands/host/run-command.js');
			return await runCommand(process.stdin, command);
		} finally {
			isAway = false;
		}
	},
};

function listenTo(event: 'SIGCONT' | 'SIGTSTP' | 'SIGWINCH' | 'exit', listener: () => void): () => void {
	const heard = (): void => {
		const isOwn = event === 'SIGTSTP' && isSuspending;
		if (isOwn) isSuspending = false;
		else listener();
	};
	process.on(event, heard);
	return () => process.off(event, heard);
}

/** The first stops safely; the second at once. */
function interrupt(): void {
	interrupts++;
	if (interrupts > 1) process.exit(exitCodes.cancelled);
	for (const listener of listeners) listener();
}

process.on('SIGINT', () => {
	if (!isAway) interrupt();
});
for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt);

process.on('uncaughtException', endByFault);
process.on('unhandledRejection', endByFault);

const line = readArguments(process.argv.slice(2));
const isCompleting = line.asksFor === 'complete';

showLettersOf(process.env);
// A shell that completes has no place for words.
guardProcess(process, console, isCompleting ? {write: () => true} : process.stderr);
process.stdout.on('error', endOfOutput);
// Without standard error there is nowhere left to say so; the exit code stays what it is.
process.stderr.on('error', () => undefined);

// The SDK's warning about Node 20 would go through the frame.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

const code = await runCommandLine(line, host);
process.exitCode = output.state === 'failed' ? exitCodes.failed : code;

// All is written: what is still open (a proxy's connection, a container's endpoint, a process) keeps nobody waiting.
whenWritten(process.stdout, process.stderr, () => process.exit());

/**
 * Nobody can read what is written any more. A reader that has seen enough, such as head, is no failure for what only reads;
 * a run that writes to AWS is stopped safely, as by Ctrl-C: its record says how far it came.
 */
function endOfOutput({code, message}: NodeJS.ErrnoException): void {
	if (output.state !== 'open') return;
	const isReaderGone = code === 'EPIPE';
	output.state = isReaderGone ? 'left' : 'failed';
	if (!isReaderGone) {
		writeLines(process.stderr, [
			'✗ Cannot write to standard output',
			`  ${message}`,
			'  1. Make room, or write to another place, and run the same command again.',
		]);
	}

	const writesElsewhere = !program[line.command].onlyReads && listeners.size > 0;
	if (writesElsewhere) interrupt();
	else process.exit(isReaderGone ? exitCodes.done : exitCodes.failed);
}

/** A fault of ours ends the program as any other problem does: told without a stack, after the terminal was given back. */
function endByFault(error: unknown): void {
	process.once('exit', () => {
		writeFault(process.stderr, error);
	});
	process.exit(exitCodes.failed);
}
