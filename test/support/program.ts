import {type ChildProcess, spawn} from 'node:child_process';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {onTestFinished} from 'vitest';
import {contractFaults} from './json-contract.js';
import {runHere} from './run-here.js';
import {until} from './until.js';

/** The built program: `npm test` builds it first. */
export const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

export type JsonEvent = {readonly type: string; readonly at: string; readonly [field: string]: unknown};

export type ProgramResult = {
	readonly exitCode: number | null;
	readonly stdout: string;
	readonly stderr: string;
	/** Standard output as JSON lines; throws where a line is none, or where the contract is broken by a program that was not killed. */
	readonly events: () => readonly JsonEvent[];
};

type ProgramOptions = {readonly env?: Readonly<Record<string, string>>; readonly stdin?: string};

/** The environment of a person without anything of AWS; nothing of the tester's own gets in. */
export function emptyEnvironment(home: string): Record<string, string> {
	return {
		PATH: process.env.PATH ?? '',
		HOME: home,
		AWS_EC2_METADATA_DISABLED: 'true',
		LANG: 'C.UTF-8',
	};
}

/** A new private folder that is gone when the test ends. */
export async function temporaryFolder(): Promise<string> {
	const folder = await mkdtemp(path.join(tmpdir(), 's3-replicate-test-'));
	onTestFinished(async () => rm(folder, {recursive: true, force: true}));
	return folder;
}

/** Files of a person's AWS settings, as the environment that points at them. */
export async function awsFiles(files: {
	readonly config?: string;
	readonly credentials?: string;
}): Promise<Record<string, string>> {
	const folder = await temporaryFolder();
	const environment = {
		AWS_CONFIG_FILE: path.join(folder, 'config'),
		AWS_SHARED_CREDENTIALS_FILE: path.join(folder, 'credentials'),
	};
	if (files.config !== undefined) await writeFile(environment.AWS_CONFIG_FILE, files.config);
	if (files.credentials !== undefined)
		await writeFile(environment.AWS_SHARED_CREDENTIALS_FILE, files.credentials);
	return environment;
}

/** Runs the built program without a terminal until it ends. */
export async function runBuiltProgram(
	args: readonly string[],
	options: ProgramOptions = {},
): Promise<ProgramResult> {
	const program = await startProgram(args, options);
	return program.ended;
}

/**
 * Runs the program without a terminal until it ends: in this process, which has loaded it already, or, under `npm run test:all`, as it
 * is built. What needs a process of its own starts one.
 */
export async function runProgram(
	args: readonly string[],
	options: ProgramOptions = {},
): Promise<ProgramResult> {
	if (process.env.TEST_SHARE === '1') return runBuiltProgram(args, options);
	const home = await temporaryFolder();
	return resultOf(await runHere(args, {...options, home, env: {...emptyEnvironment(home), ...options.env}}));
}

function resultOf({exitCode, stdout, stderr}: Omit<ProgramResult, 'events'>): ProgramResult {
	return {exitCode, stdout, stderr, events: () => eventsOf(stdout, exitCode)};
}

type RunningProgram = {
	readonly child: ChildProcess;
	readonly stdout: () => string;
	readonly stderr: () => string;
	readonly ended: Promise<ProgramResult>;
	/** Waits until standard output has so many lines that match. */
	readonly waitForLines: (pattern: RegExp, count?: number) => Promise<void>;
};

/** Starts the built program without a terminal. It is ended with the test. */
export async function startProgram(
	args: readonly string[],
	{env = {}, stdin = ''}: ProgramOptions = {},
): Promise<RunningProgram> {
	const home = await temporaryFolder();
	const child = spawn(process.execPath, [cli, ...args], {
		env: {...emptyEnvironment(home), ...env},
		cwd: home,
	});
	let stdout = '';
	let stderr = '';
	child.stdout.setEncoding('utf8').on('data', (text: string) => {
		stdout += text;
	});
	child.stderr.setEncoding('utf8').on('data', (text: string) => {
		stderr += text;
	});
	child.stdin.end(stdin);
	const ended = new Promise<ProgramResult>((resolve, reject) => {
		child.on('error', reject);
		child.on('close', (exitCode) => resolve(resultOf({exitCode, stdout, stderr})));
	});
	onTestFinished(() => {
		child.kill('SIGKILL');
	});
	return {
		child,
		stdout: () => stdout,
		stderr: () => stderr,
		ended,
		async waitForLines(pattern, count = 1) {
			await until(() => stdout.split('\n').filter((line) => pattern.test(line)).length >= count, {
				describe: () => `Waited for ${count} lines like ${pattern}.\n${stdout}\n${stderr}`,
			});
		},
	};
}

function eventsOf(stdout: string, exitCode: number | null): readonly JsonEvent[] {
	const events = stdout
		.trimEnd()
		.split('\n')
		.map((line) => JSON.parse(line) as JsonEvent);
	const faults = exitCode === null ? [] : contractFaults(events);
	if (faults.length > 0) throw new Error(`The contract of --json is broken: ${faults.join('; ')}`);
	return events;
}
