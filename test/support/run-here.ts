import {PassThrough, Writable} from 'node:stream';
import type {Host} from '../../source/commands/host/host.js';
import {shortPauses} from './fast-clock.js';
import {printedFaults} from './printed-commands.js';
import {readArguments} from '../../source/read-arguments.js';
import {runCommandLine} from '../../source/run-command-line.js';

type RunHere = {
	readonly env: Readonly<Record<string, string>>;
	/** The folder that it runs in. */
	readonly home: string;
	readonly stdin?: string;
	/** What somebody types on a terminal, a line a question; who has no more lines goes away. */
	readonly types?: readonly string[];
};

type RanHere = {readonly exitCode: number; readonly stdout: string; readonly stderr: string};

let last: Promise<unknown> = Promise.resolve();

/**
 * Runs a command line in this process, without signals, and without a terminal or on one that only takes and shows lines. The SDK looks for settings in the process itself: its
 * environment and folder are the command's meanwhile, and a second command waits for the first. Throws where it has printed a command of this
 * program that cannot be pasted.
 */
export async function runHere(args: readonly string[], options: RunHere): Promise<RanHere> {
	const mine = last.then(async () => run(args, options));
	last = mine.catch(() => undefined);
	return mine;
}

async function run(args: readonly string[], {env, home, stdin = '', types}: RunHere): Promise<RanHere> {
	const [before, folder] = [{...process.env}, process.cwd()];
	setEnvironment({...env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true'});
	process.chdir(home);
	const exits = new Set<() => void>();
	const left = [...(types ?? [])];
	const input = new PassThrough();
	if (!types) input.end(stdin);
	const answer = (text: string): void => {
		if (!types || !text.endsWith(': ')) return;
		const line = left.shift();
		setImmediate(() => (line === undefined ? input.end() : input.write(`${line}\n`)));
	};

	const isTTY = types !== undefined;
	const stdout = textStream(isTTY, answer);
	const stderr = textStream(isTTY, answer);
	const host = {
		environment: process.env,
		stdin: Object.assign(input, {isTTY}),
		stdout: stdout.stream,
		stderr: stderr.stream,
		clock: shortPauses,
		interrupt: () => undefined,
		onInterrupt: () => () => undefined,
		onSignal: () => () => undefined,
		onExit(listener: () => void) {
			exits.add(listener);
			return () => exits.delete(listener);
		},
		suspendProcess: () => undefined,
	};
	try {
		// Of the streams of a process only what those that are no terminal have is used.
		const exitCode = await runCommandLine(readArguments(args), host as unknown as Host);
		const faults = printedFaults(args, `${stdout.text()}\n${stderr.text()}`);
		if (faults.length > 0) throw new Error(`Printed a command that does not work:\n${faults.join('\n')}`);
		return {exitCode, stdout: stdout.text(), stderr: stderr.text()};
	} finally {
		for (const listener of exits) listener();
		process.chdir(folder);
		setEnvironment(before);
	}
}

function setEnvironment(wanted: Readonly<Record<string, string | undefined>>): void {
	for (const name of Object.keys(process.env)) if (!(name in wanted)) delete process.env[name];
	Object.assign(process.env, wanted);
}

function textStream(
	isTTY: boolean,
	onText: (text: string) => void,
): {readonly stream: Writable; readonly text: () => string} {
	let text = '';
	const stream = new Writable({
		decodeStrings: false,
		write(chunk: string | Buffer, _encoding, done) {
			text += String(chunk);
			onText(String(chunk));
			done();
		},
	});
	return {stream: Object.assign(stream, {isTTY}), text: () => text};
}
