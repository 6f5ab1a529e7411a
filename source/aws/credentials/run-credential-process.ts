import {type ChildProcess, spawn} from 'node:child_process';
import {externalDataInterceptor} from '@aws-sdk/shared-ini-file-loader';

/** How long a process may take that gives credentials; the AWS CLI and the SDK wait without end. */
const processLimitMs = 60_000;

/** What is kept of each of its two outputs: credentials take a few kilobytes. */
const keptBytes = 1_048_576;

type Answered = (error: Error | null, output?: {readonly stdout: string; readonly stderr: string}) => void;

const running = new Set<ChildProcess>();
let isWatched = false;

/**
 * From now on the SDK runs a `credential_process` as this does, whichever profile of a chain has it.
 * Source: @aws-sdk/credential-provider-process, `resolveProcessCredentials` (the token record's `exec`).
 */
export function runProcessesByThemselves(limitMs = processLimitMs): void {
	externalDataInterceptor.getTokenRecord()['exec'] = (command: string, answered: Answered) =>
		runByItself(command, limitMs, answered);
}

/**
 * Runs a command of the shell in a session of its own, without a terminal and with nothing to read: it can neither take what somebody
 * types nor write between what is drawn. It ends with the program, or after `limitMs` with all that it started. Its error names
 * what became of it in the first line, with its standard error behind; never the command, which may hold a secret.
 * Source: setsid(2); AWS CLI User Guide, "Sourcing credentials with an external process".
 */
function runByItself(command: string, limitMs: number, answered: Answered): void {
	const child = spawn(command, {
		shell: true,
		detached: true,
		stdio: ['ignore', 'pipe', 'pipe'],
		windowsHide: true,
	});
	running.add(child);
	watchExit();
	const outputs = {stdout: '', stderr: ''};
	for (const name of ['stdout', 'stderr'] as const) {
		child[name]?.setEncoding('utf8').on('data', (text: string) => {
			outputs[name] = (outputs[name] + text).slice(0, keptBytes);
		});
	}

	let isOver = false;
	const end = (fault?: string): void => {
		if (isOver) return;
		isOver = true;
		clearTimeout(limit);
		running.delete(child);
		answered(fault === undefined ? null : new Error(`Command failed: ${fault}\n${outputs.stderr}`), outputs);
	};
	const limit = setTimeout(() => {
		end(`it gave nothing within ${limitMs / 1000} s, and was ended`);
		kill(child);
	}, limitMs);
	child.on('error', (error) => end(error.message));
	child.on('close', (code, signal) =>
		end(
			code === 0
				? outputFault(outputs.stdout)
				: signal === null
					? `it ended with exit code ${code}`
					: `it was ended by ${signal}`,
		),
	);
}

/**
 * What is wrong with what a process gave; nothing of it is shown, it may hold a secret. The SDK names no key, and keeps credentials
 * whose end is no date for no time at all. Source: AWS SDKs and Tools Reference Guide, "Process credential provider".
 */
export function outputFault(output: string, now = Date.now()): string | undefined {
	const text = output.trim();
	if (text === '') return 'it gave nothing on standard output';
	let given: unknown;
	try {
		given = JSON.parse(text);
	} catch {
		const before = text.indexOf('{');
		return `what it gave is no JSON${before > 0 ? ': other text stands before the {' : ''}`;
	}

	if (typeof given !== 'object' || given === null || Array.isArray(given)) return 'its JSON is no object';
	const {Version: version, Expiration: end, ...keys} = given as Readonly<Record<string, unknown>>;
	if (version !== 1)
		return version === undefined ? 'its JSON has no "Version": 1' : 'its Version is not the number 1';
	const missing = ['AccessKeyId', 'SecretAccessKey'].filter(
		(name) => typeof keys[name] !== 'string' || keys[name] === '',
	);
	if (missing.length > 0) return `its JSON has no ${missing.join(' and no ')}`;
	if (end === undefined || end === null || end === '') return undefined;
	const endMs = typeof end === 'string' ? Date.parse(end) : Number.NaN;
	if (Number.isNaN(endMs)) return 'its Expiration is no time such as 2030-01-31T12:00:00Z';
	return endMs < now ? `its credentials ended at ${new Date(endMs).toISOString()}` : undefined;
}

/** With all that it started: it leads a group of its own. */
function kill(child: ChildProcess): void {
	try {
		if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
	} catch {
		child.kill('SIGKILL');
	}
}

/** Ctrl-C reaches the group of the terminal only: these are ended when the program ends. */
function watchExit(): void {
	if (isWatched) return;
	isWatched = true;
	process.on('exit', () => {
		for (const child of running) kill(child);
	});
}
