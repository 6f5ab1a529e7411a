import {readdir, readFile, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {onTestFinished} from 'vitest';
import {beforeEach, describe, expect, it} from 'vitest';
import {tutorialNames} from '../../source/domain/answers/tutorial.js';
import {openSandbox, type OpenSandbox} from '../sandbox/support/open-sandbox.js';
import {everything} from '../support/inhabited-world.js';
import {type ProgramResult, runProgram} from '../support/program.js';
import {recordedWorld, type RecordedWorld} from '../support/recorded-world.js';
import {tutorialArgs} from '../support/tutorial-args.js';

let world: RecordedWorld;

beforeEach(async () => {
	world = await recordedWorld();
});

/** Another sandbox, with the same accounts and nothing in them. */
async function anotherSandbox(): Promise<OpenSandbox> {
	const other = await openSandbox();
	onTestFinished(async () => other.close());
	return other;
}

/** The environment of somebody whose profiles carry the endpoint, and nothing else names it. */
function carriedBy({sandbox: {configFile, credentialsFile}}: OpenSandbox): Record<string, string> {
	const {AWS_ENDPOINT_URL: _named, ...others} = world.env;
	return {...others, AWS_CONFIG_FILE: configFile, AWS_SHARED_CREDENTIALS_FILE: credentialsFile};
}

const runIdOf = (result: ProgramResult): string => String(result.events()[0]?.['runId']);

async function leftOf(): Promise<readonly unknown[]> {
	return (await world.run('runs')).events().map(({leftToUndo}) => leftToUndo);
}

/** Lets the only record say that its run was made at another sandbox. */
async function moveRecord(from: OpenSandbox, to: OpenSandbox): Promise<void> {
	const file = await world.recordFile();
	const text = await readFile(file, 'utf8');
	await writeFile(file, text.replaceAll(from.sandbox.endpointUrl, to.sandbox.endpointUrl));
}

describe('an endpoint that only the profiles carry', () => {
	it('is told when the run starts, on its plan, and in the list of runs', async () => {
		const env = carriedBy(world.one);
		const {endpointUrl} = world.one.sandbox;
		const places = {s3: endpointUrl, iam: endpointUrl, sts: endpointUrl};

		const applied = await runProgram(['apply', '--yes', '--json', ...tutorialArgs('cross-account')], {env});
		const listed = await runProgram(['runs', '--json'], {env});
		const lines = await runProgram(['plan', ...tutorialArgs('cross-account')], {env});
		const runs = await runProgram(['runs'], {env});

		expect(applied.exitCode).toBe(0);
		const endpoints = [
			{profile: 'source', ...places},
			{profile: 'destination', ...places},
		];
		expect(applied.events()[0]).toMatchObject({type: 'run-started', endpointUrl, endpoints});
		expect(applied.events().find(({type}) => type === 'plan-made')).toMatchObject({endpoints});
		expect(listed.events()).toMatchObject([{endpointUrl, endpoints}]);
		expect(lines.stdout).toContain(`on ${endpointUrl}\n`);
		expect(lines.stdout).toContain(`\nCalls go to ${endpointUrl}\n`);
		expect(runs.stdout).toContain(endpointUrl);
	});

	it('keeps an undo from another sandbox, and the run stays open', async () => {
		const applied = await runProgram(['apply', '--yes', '--json', ...tutorialArgs('cross-region')], {
			env: carriedBy(world.one),
		});
		const env = carriedBy(await anotherSandbox());

		const named = await runProgram(['undo', runIdOf(applied), '--yes', '--json'], {env});
		const latest = await runProgram(['undo', '--yes', '--json'], {env});

		expect(named.exitCode).toBe(1);
		expect(named.events().at(-1)).toMatchObject({problem: {code: 'another-endpoint'}});
		expect(latest.exitCode).toBe(0);
		expect(await leftOf()).toEqual([5]);
		const undone = await runProgram(['undo', '--yes', '--json'], {env: carriedBy(world.one)});
		expect(undone.exitCode).toBe(0);
		expect(await leftOf()).toEqual([0]);
	});
});

describe('a run of which nothing is found', () => {
	it.each(['every bucket and role is missing', 'the account is missing'])(
		'stays open, and is closed only by --forget: %s',
		async (what) => {
			const applied = await world.apply('cross-region');
			const other = await anotherSandbox();
			await moveRecord(world.one, other);
			const keys = {'the account is missing': world.env}[what] ?? carriedBy(other);
			const env = {...keys, AWS_ENDPOINT_URL: other.sandbox.endpointUrl};
			const runId = runIdOf(applied);
			const before = await everything(world.one, 'cross-region');

			const undone = await runProgram(['undo', '--yes', '--json'], {env});
			const all = await runProgram(['undo', '--all', '--yes', '--json'], {env});

			expect(undone.exitCode).toBe(1);
			expect(undone.events().at(-1)).toMatchObject({problem: {code: 'nothing-found-here'}});
			expect(all.exitCode).toBe(1);
			expect(all.events().at(-1)).toMatchObject({problem: {code: 'undo-all-incomplete'}});
			expect(await leftOf()).toEqual([5]);

			const unasked = await runProgram(['undo', runId, '--forget', '--json'], {env});
			expect(unasked.exitCode).toBe(2);
			expect(unasked.events().at(-1)).toMatchObject({problem: {code: 'not-confirmed'}});
			expect(await leftOf()).toEqual([5]);
			const requests = other.sandbox.requests.length;
			const forgotten = await runProgram(['undo', runId, '--forget', '--yes', '--json'], {env});
			expect(forgotten.exitCode).toBe(0);
			const listed = await world.run('runs');
			expect(listed.events()).toMatchObject([{runId, leftToUndo: 0, isForgotten: true}]);
			expect(other.sandbox.requests).toHaveLength(requests);
			expect(await everything(world.one, 'cross-region')).toEqual(before);
			const again = await runProgram(['undo', runId, '--yes', '--json'], {env: carriedBy(other)});
			expect(again.events().at(-1)).not.toMatchObject({outcome: 'cancelled'});
		},
	);

	it('is nothing left where its own undo has finished', async () => {
		const applied = await world.apply('cross-region');
		await world.run('undo', '--yes');

		const again = await world.run('undo', runIdOf(applied), '--yes');

		expect(again.exitCode).toBe(0);
		expect(again.events().at(-1)).toMatchObject({outcome: 'succeeded', operations: {deleted: 0}});
	});

	it.each([
		[['undo', '--forget']],
		[['undo', '20260102-030405-1a2b', '--all']],
		[['undo', '--all', '--forget']],
	])('is not guessed from what says two things or nothing: %s', async (args) => {
		const refused = await world.run(...args);

		expect(refused.exitCode).toBe(2);
		expect(refused.events().at(-1)).toMatchObject({problem: {code: 'usage'}});
	});
});

describe('one undo', () => {
	it('takes back a run with what went on with it and the files of a watch, and names them', async () => {
		const before = await everything(world.one, 'cross-account');
		world.one.sandbox.setFaults([{operation: 'PutBucketReplication', fault: 'AccessDenied'}]);
		const stopped = await world.apply('cross-account');
		world.one.sandbox.setFaults([]);
		const continued = await world.apply('cross-account');
		const {sourceBucket} = tutorialNames('cross-account');
		const watched = await world.run(
			'watch',
			...['--source-bucket', sourceBucket, '--files', '1'],
			...['--source-profile', 'source', '--destination-profile', 'destination'],
		);
		expect([stopped.exitCode, continued.exitCode, watched.exitCode]).toEqual([1, 0, 0]);

		const undone = await world.run('undo', '--yes');

		expect(undone.exitCode).toBe(0);
		expect(undone.events().find(({type}) => type === 'plan-made')).toMatchObject({
			undoes: runIdOf(continued),
			undoesRuns: [runIdOf(stopped), runIdOf(continued), runIdOf(watched)],
		});
		expect(await everything(world.one, 'cross-account')).toEqual(before);
		expect(await leftOf()).toEqual([0, 0, 0]);
	});
});

describe('undo --all', () => {
	/** Sets up two pairs; gives their runs, oldest first. */
	const twoPairs = async (): Promise<readonly string[]> => [
		runIdOf(await world.apply('cross-account', '--files', '1')),
		runIdOf(await world.apply('cross-region', '--files', '1')),
	];

	it('takes back every run of this endpoint, newest first, and leaves the others', async () => {
		const before = await everything(world.one, 'cross-account');
		const [older, newer] = await twoPairs();
		const other = await anotherSandbox();
		const env = carriedBy(other);
		await runProgram(['apply', '--yes', '--json', ...tutorialArgs('cross-region')], {env});

		const unasked = await world.run('undo', '--all');
		const undone = await world.run('undo', '--all', '--yes');

		expect(unasked.exitCode).toBe(2);
		expect(unasked.events().at(-1)).toMatchObject({problem: {code: 'not-confirmed'}});
		expect(undone.exitCode).toBe(0);
		const plans = undone.events().filter(({type}) => type === 'plan-made');
		expect(plans.map((plan) => plan['undoes'])).toEqual([newer, older]);
		expect(await everything(world.one, 'cross-account')).toEqual(before);
		expect(await leftOf()).toEqual([5, 0, 0]);
		const listed = await runProgram(['undo', '--all', '--yes'], {env: world.env});
		expect(listed.stdout).toContain('1 run was made at other endpoints: left alone.');
	});

	it('goes on with the others where one fails or a record cannot be read, says which, and exits with 1', async () => {
		await twoPairs();
		await writeFile(path.join(world.runsFolder, '20990101-000000-beef.jsonl'), 'no JSON\n');
		const {sourceBucket} = tutorialNames('cross-region');
		world.one.sandbox.setFaults([
			{operation: 'DeleteBucketReplication', bucket: sourceBucket, fault: 'AccessDenied'},
		]);

		const undone = await world.run('undo', '--all', '--yes');

		expect(undone.exitCode).toBe(1);
		const [unreadable, failed, taken] = (await world.run('runs')).events();
		expect(undone.events().at(-1)).toMatchObject({
			outcome: 'failed',
			problem: {
				code: 'undo-all-incomplete',
				headline: 'Cannot undo all runs: 2 are left',
				cause: expect.stringMatching(
					new RegExp(`^1 is undone\\. ${String(failed?.['runId'])}: .*${String(unreadable?.['runId'])}`),
				),
			},
		});
		expect(failed?.['leftToUndo']).toBeGreaterThan(0);
		expect(taken).toMatchObject({leftToUndo: 0});
		expect(await readdir(world.runsFolder)).toHaveLength(3);
	});

	it('ends well where there is nothing to take back', async () => {
		const undone = await world.run('undo', '--all', '--yes');

		expect(undone.exitCode).toBe(0);
		expect(undone.events().map(({type}) => type)).toEqual(['run-started', 'run-finished']);
	});
});
