import {readdir, readFile, writeFile} from 'node:fs/promises';
import {hostname} from 'node:os';
import path from 'node:path';
import {beforeEach, describe, expect, it} from 'vitest';
import {type JsonEvent, startProgram} from '../support/program.js';
import {recordedWorld, type RecordedWorld} from '../support/recorded-world.js';
import {sampled} from '../support/sampled.js';
import {tutorialArgs} from '../support/tutorial-args.js';

const apply = ['apply', '--yes', '--json', ...tutorialArgs('cross-region')];

let world: RecordedWorld;

type Finished = JsonEvent & {
	readonly outcome: string;
	readonly problem: {readonly cause: string; readonly nextSteps: readonly string[]};
};

/** Runs until the role has been created, and then asks to stop so many times. */
async function stopped(
	args: readonly string[],
	times: number,
): Promise<{readonly exitCode: number | null; readonly finished: Finished; readonly runId: string}> {
	const program = await startProgram(args, {env: world.env});
	await program.waitForLines(/"operation-finished".*"create-role"/);
	await program.waitForLines(/"operation-started"/, 5);
	for (let count = 0; count < times; count++) program.child.kill('SIGINT');
	const {exitCode, events} = await program.ended;
	const all = events();
	return {exitCode, finished: all.at(-1) as Finished, runId: String(all[0]?.['runId'])};
}

describe('a run that is stopped by Ctrl-C', () => {
	beforeEach(async () => {
		// Long enough for a signal to arrive while changes are made.
		world = await recordedWorld({latencyMs: 150});
	});

	const stops = [
		{how: 'once, finishes its calls and', times: 1},
		{how: 'twice, ends at once and', times: 2},
	];
	it.each(sampled('stops by Ctrl-C', stops, 10))(
		'$how says what has been done and how to go on; then it goes on, and is taken back',
		async ({times}) => {
			const {exitCode, finished, runId} = await stopped(apply, times);

			expect(exitCode).toBe(130);
			expect(finished).toMatchObject({type: 'run-finished', outcome: 'cancelled'});
			expect(finished.problem.cause).toMatch(
				/\d of 7 are done\. .*Role created: s3crr_role_for_my-us-east-1\./,
			);
			expect(finished.problem.nextSteps).toEqual([
				expect.stringMatching(/^Go on: s3-replicate apply .*--yes$/),
				`Undo it: s3-replicate undo ${runId} --endpoint-url ${world.one.sandbox.endpointUrl}`,
			]);
			const again = await world.apply('cross-region');
			expect(again.exitCode).toBe(0);
			const undone = await world.run('undo', '--yes');
			const first = await world.run('undo', '--yes', runId);
			expect([undone.exitCode, first.exitCode]).toEqual([0, 0]);
			const left = await world.run('runs');
			expect(left.events().map(({leftToUndo}) => leftToUndo)).toEqual([0, 0]);
		},
	);
});

describe('two that work on one run', () => {
	beforeEach(async () => {
		world = await recordedWorld();
	});

	it('are excluded by a lock, which does not keep anybody from reading', async () => {
		await world.apply('cross-region');
		const runId = path.basename(await world.recordFile(), '.jsonl');
		await writeFile(
			path.join(world.runsFolder, `${runId}.lock`),
			JSON.stringify({pid: process.pid, host: hostname()}),
		);

		const refused = await world.run('undo', '--yes');
		const listed = await world.run('runs');

		expect(refused.exitCode).toBe(1);
		expect(refused.events().at(-1)).toMatchObject({problem: {code: 'run-busy'}});
		expect(listed.events()).toMatchObject([{runId, leftToUndo: 5}]);
	});

	it('do each operation of an undo once, when four begin together', async () => {
		await world.apply('cross-region');
		const record = await world.recordFile();
		const runId = path.basename(record, '.jsonl');

		const results = await Promise.all([1, 2, 3, 4].map(async () => world.run('undo', '--yes', runId)));

		const lines = (await readFile(record, 'utf8')).trimEnd().split('\n');
		const begun = lines
			.map((line) => JSON.parse(line) as {readonly type: string; readonly operation?: {readonly id: string}})
			.flatMap(({type, operation}) => (type === 'undo-before' ? [operation?.id] : []));
		expect(begun).toHaveLength(5);
		expect(new Set(begun).size).toBe(5);
		const codes = results.map(({exitCode}) => exitCode);
		expect(codes).toContain(0);
		expect(codes.filter((code) => code !== 0 && code !== 1)).toEqual([]);
	});

	it.each([
		{whose: 'of a process that is no more', text: JSON.stringify({pid: 2 ** 30, host: hostname()})},
		{whose: 'that was never written to its end', text: '{"pi'},
	])('a lock $whose is taken over, and gone afterwards', async ({text}) => {
		await world.apply('cross-region');
		const record = await world.recordFile();
		await writeFile(record.replace(/jsonl$/, 'lock'), text);

		const undone = await world.run('undo', '--yes');

		expect(undone.exitCode).toBe(0);
		expect(await readdir(world.runsFolder)).toEqual([path.basename(record)]);
	});
});
