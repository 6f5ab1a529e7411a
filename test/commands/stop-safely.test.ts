import {mkdir, readdir, writeFile} from 'node:fs/promises';
import {hostname} from 'node:os';
import path from 'node:path';
import {beforeEach, describe, expect, it, onTestFinished} from 'vitest';
import {tutorialNames} from '../../source/domain/tutorial.js';
import {openSandbox} from '../sandbox/support/open-sandbox.js';
import {type JsonEvent, runProgram, startProgram, temporaryFolder} from '../support/program.js';

let env: Record<string, string>;
let stateDirectory: string;
const {
	sourceBucket,
	destinationBucket,
	sourceRegion = '',
	destinationRegion = '',
} = tutorialNames('cross-region');
const apply = [
	...['apply', '--yes', '--json', '--mode', 'cross-region', '--source-profile', 'source'],
	...['--source-bucket', sourceBucket, '--destination-bucket', destinationBucket],
	...['--source-region', sourceRegion, '--destination-region', destinationRegion],
];

beforeEach(async () => {
	// Long enough for a signal to arrive while changes are made.
	const one = await openSandbox({latencyMs: 150});
	onTestFinished(async () => one.close());
	stateDirectory = await temporaryFolder();
	env = {
		AWS_CONFIG_FILE: one.sandbox.configFile,
		AWS_SHARED_CREDENTIALS_FILE: one.sandbox.credentialsFile,
		S3_REPLICATE_STATE_DIR: stateDirectory,
	};
});

type Finished = JsonEvent & {
	readonly outcome: string;
	readonly problem: {readonly cause: string; readonly nextSteps: readonly string[]};
};

/** Runs until something has been done, and then asks to stop so many times. */
async function stopped(
	args: readonly string[],
	times: number,
): Promise<{readonly exitCode: number | null; readonly finished: Finished; readonly runId: string}> {
	const program = await startProgram(args, {env});
	await program.waitForLines(/"operation-finished"/);
	await program.waitForLines(/"operation-started"/, 5);
	for (let count = 0; count < times; count++) program.child.kill('SIGINT');
	const {exitCode, events} = await program.ended;
	const all = events();
	return {exitCode, finished: all.at(-1) as Finished, runId: String(all[0]?.['runId'])};
}

describe('a run that is stopped by Ctrl-C', () => {
	it.each([
		{how: 'once, finishes its calls and', times: 1},
		{how: 'twice, ends at once and', times: 2},
	])('$how says what has been done and how to go on; then it goes on, and is taken back', async ({times}) => {
		const {exitCode, finished, runId} = await stopped(apply, times);

		expect(exitCode).toBe(130);
		expect(finished).toMatchObject({type: 'run-finished', outcome: 'cancelled'});
		expect(finished.problem.cause).toMatch(
			/\d of 7 are done\. .*Role created: s3crr_role_for_my-us-east-1\./,
		);
		expect(finished.problem.nextSteps).toEqual([
			expect.stringMatching(/^Go on: s3-replicate apply .*--yes$/),
			`Take it back: s3-replicate undo ${runId}`,
		]);
		const again = await runProgram(apply, {env});
		expect(again.exitCode).toBe(0);
		const undone = await runProgram(['undo', '--yes', '--json'], {env});
		const first = await runProgram(['undo', '--yes', '--json', runId], {env});
		expect([undone.exitCode, first.exitCode]).toEqual([0, 0]);
		const left = await runProgram(['runs', '--json'], {env});
		expect(left.events().map(({leftToUndo}) => leftToUndo)).toEqual([0, 0]);
	});
});

describe('two that work on one run', () => {
	it('are excluded by a lock, which does not keep anybody from reading', async () => {
		await runProgram(apply, {env});
		const folder = path.join(stateDirectory, 'runs');
		const [record = ''] = await readdir(folder);
		const runId = path.basename(record, '.jsonl');
		await writeFile(path.join(folder, `${runId}.lock`), JSON.stringify({pid: process.pid, host: hostname()}));

		const refused = await runProgram(['undo', '--yes', '--json'], {env});
		const listed = await runProgram(['runs', '--json'], {env});

		expect(refused.exitCode).toBe(1);
		expect(refused.events().at(-1)).toMatchObject({problem: {code: 'run-busy'}});
		expect(listed.events()).toMatchObject([{runId, leftToUndo: 5}]);
	});

	it.each([
		{whose: 'of a process that is no more', text: JSON.stringify({pid: 2 ** 30, host: hostname()})},
		{whose: 'that was never written to its end', text: '{"pi'},
	])('a lock $whose is taken over, and gone afterwards', async ({text}) => {
		await runProgram(apply, {env});
		const folder = path.join(stateDirectory, 'runs');
		const [record = ''] = await readdir(folder);
		await mkdir(folder, {recursive: true});
		await writeFile(path.join(folder, `${path.basename(record, '.jsonl')}.lock`), text);

		const undone = await runProgram(['undo', '--yes', '--json'], {env});

		expect(undone.exitCode).toBe(0);
		expect(await readdir(folder)).toEqual([record]);
	});
});
