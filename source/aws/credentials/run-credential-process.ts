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
				? undefined
				: signal === null
					? `it ended with exit code ${code}`
					: `it was ended by ${signal}`,
		),
	);
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
