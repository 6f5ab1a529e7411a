import {readdir} from 'node:fs/promises';
import path from 'node:path';
import {onTestFinished} from 'vitest';
import type {Mode} from '../../source/domain/answers/mode.js';
import type {SandboxOptions} from '../../source/sandbox/start-sandbox.js';
import {openSandbox, type OpenSandbox} from '../sandbox/support/open-sandbox.js';
import {type ProgramResult, runProgram, temporaryFolder} from './program.js';
import {tutorialArgs} from './tutorial-args.js';

/** A sandbox for the built program, whose runs are recorded in a folder of the test's own. */
export type RecordedWorld = {
	readonly one: OpenSandbox;
	/** What leads the program to the sandbox and to its records. */
	readonly env: Record<string, string>;
	readonly runsFolder: string;
	/** Runs a command to its end, as JSON lines. */
	readonly run: (...args: readonly string[]) => Promise<ProgramResult>;
	/** Sets a tutorial up. */
	readonly apply: (mode: Mode, ...args: readonly string[]) => Promise<ProgramResult>;
	/** The file of the only record that there is. */
	readonly recordFile: () => Promise<string>;
};

/** Everything of it is gone when the test ends. */
export async function recordedWorld(options?: SandboxOptions): Promise<RecordedWorld> {
	const one = await openSandbox(options);
	onTestFinished(async () => one.close());
	const {configFile, credentialsFile, endpointUrl} = one.sandbox;
	const state = await temporaryFolder();
	const runsFolder = path.join(state, 'runs');
	const env = {
		AWS_CONFIG_FILE: configFile,
		AWS_SHARED_CREDENTIALS_FILE: credentialsFile,
		AWS_ENDPOINT_URL: endpointUrl,
		S3_REPLICATE_STATE_DIR: state,
	};
	const run: RecordedWorld['run'] = async (...args) => runProgram([...args, '--json'], {env});
	return {
		one,
		env,
		runsFolder,
		run,
		apply: async (mode, ...args) => run('apply', '--yes', ...tutorialArgs(mode), ...args),
		async recordFile() {
			const [name = ''] = (await readdir(runsFolder)).filter((file) => file.endsWith('.jsonl'));
			return path.join(runsFolder, name);
		},
	};
}
