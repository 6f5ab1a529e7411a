import {CreateJobCommand, type S3ControlClient, UpdateJobStatusCommand} from '@aws-sdk/client-s3-control';
import {DeleteBucketReplicationCommand} from '@aws-sdk/client-s3';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {createTestClock, type TestClock} from '../support/test-clock.js';
import {
	type BatchPlace,
	describe as described,
	jobInput,
	type ManifestLine,
	putManifest,
	rowsOf,
	runJob,
	setUpBatch,
	setUpOld,
} from './support/batch-world.js';
import {openSandbox, type OpenSandbox, sourceAccountId} from './support/open-sandbox.js';
import {finalStatusOf, type Pair, put, setUpPair} from './support/replicated-pair.js';

// Documented: S3 User Guide, batch-ops-job-status: every state and what comes after it. How long each takes, and that a job which fails or is
// cancelled is a while about it: guessed.
describe('the states of a job', () => {
	let clock: TestClock;
	let open: OpenSandbox;
	let control: S3ControlClient;
	let pair: Pair;
	let place: BatchPlace;
	let version: string;
	beforeAll(async () => {
		clock = createTestClock(Date.now());
		open = await openSandbox({clock, replicationDelayMs: 1000, batchObjectsPerSecond: 1});
		control = open.s3Control('source', 'us-east-1');
		const old = await setUpOld(open, ['a']);
		pair = old.pair;
		version = old.versionIds[0] ?? '';
		place = await setUpBatch(open, pair.source);
	});
	afterAll(async () => open.close());

	const update = async (JobId: string, RequestedJobStatus: 'Ready' | 'Cancelled') =>
		control.send(new UpdateJobStatusCommand({AccountId: sourceAccountId, JobId, RequestedJobStatus}));

	const made = async (changes: Parameters<typeof jobInput>[2]): Promise<string> =>
		(await control.send(new CreateJobCommand(jobInput(pair, place, changes)))).JobId ?? '';

	const several = async (): Promise<Parameters<typeof jobInput>[2]> => {
		const lines = Array.from({length: 12}, (): ManifestLine => [pair.source, 'a', version]);
		return putManifest(open, place, lines, true);
	};

	/** Looks at jobs as time passes, until all have ended; gives the states of each, and does something once one is seen in some state. */
	async function followed(
		jobIds: readonly string[],
		act: Readonly<Record<string, (jobId: string) => Promise<unknown>>> = {},
	): Promise<ReadonlyArray<readonly string[]>> {
		const seen = jobIds.map((): string[] => []);
		const acted = new Set<string>();
		const isOver = (states: readonly string[]) => /^(Complete|Failed|Cancelled)$/.test(states.at(-1) ?? '');
		while (!seen.every(isOver)) {
			for (const [index, jobId] of jobIds.entries()) {
				const {Status: status = ''} = await described(control, jobId);
				const states = seen[index] ?? [];
				const isNew = states.at(-1) !== status;
				states.push(...(isNew ? [status] : []));
				await (isNew && !acted.has(status) ? act[status]?.(jobId) : undefined);
				acted.add(status);
			}

			await clock.runUntil(clock.wait(100));
		}

		return seen;
	}

	it('of one that is confirmed, from New to Complete', async () => {
		const jobId = await made({ConfirmationRequired: true, ClientRequestToken: '1'});
		const states = await followed([jobId], {Suspended: async (id) => update(id, 'Ready')});
		expect(states).toEqual([['New', 'Preparing', 'Suspended', 'Ready', 'Active', 'Completing', 'Complete']]);
	});

	it('of one that is cancelled', async () => {
		const jobId = await made({...(await several()), ClientRequestToken: '2'});
		const states = await followed([jobId], {Active: async (id) => update(id, 'Cancelled')});
		expect(states).toEqual([['New', 'Preparing', 'Ready', 'Active', 'Cancelling', 'Cancelled']]);
	});

	it('of one that cannot be prepared', async () => {
		const RoleArn = `arn:aws:iam::${sourceAccountId}:role/never-there`;
		const states = await followed([await made({RoleArn, ClientRequestToken: '3'})]);
		expect(states).toEqual([['New', 'Preparing', 'Failing', 'Failed']]);
	});

	// That the paused one goes on by itself: guessed.
	it('of one that makes way for another of a higher priority', async () => {
		const low = await made({...(await several()), ClientRequestToken: '4'});
		const high = await made({...(await several()), ClientRequestToken: '5', Priority: 99});
		const [first, second] = await followed([low, high]);
		expect(first?.join(' ')).toMatch(/Pausing Paused Active Completing Complete$/);
		expect(second).toEqual(['New', 'Preparing', 'Ready', 'Active', 'Completing', 'Complete']);
	});
});

describe('a job of a thousand tasks', () => {
	let open: OpenSandbox;
	beforeAll(async () => {
		open = await openSandbox({replicationDelayMs: 5, batchObjectsPerSecond: 1_000_000});
	});
	afterAll(async () => open.close());

	// Documented: S3 User Guide, batch-ops-job-status, "Job failure": more than 50 % of at least 1,000 tasks.
	it.each([
		{tasks: 1000, failing: 500, status: 'Complete'},
		{tasks: 1000, failing: 501, status: 'Failed'},
		{tasks: 999, failing: 999, status: 'Complete'},
	])(
		'with $failing failures of $tasks is $status, and its report has all',
		async ({tasks, failing, status}) => {
			const pair = await setUpPair(open);
			const place = await setUpBatch(open, pair.source);
			// In step already: a task of it succeeds.
			const version = await put(open.source, pair.source, 'a');
			await finalStatusOf(open.source, pair.source, 'a', version);
			const lines = Array.from({length: tasks}, (_, index): ManifestLine => {
				if (index >= failing) return [pair.source, 'a', version];
				return index % 2 === 0 ? [pair.source, `gone-${index}`, ''] : [pair.source, 'a', 'no-such-version'];
			});
			const manifest = await putManifest(open, place, lines, true);
			const job = await runJob(open.s3Control('source', 'us-east-1'), jobInput(pair, place, manifest));
			expect(job).toMatchObject({
				Status: status,
				ProgressSummary: {NumberOfTasksSucceeded: tasks - failing, NumberOfTasksFailed: failing},
			});
			const rows = await rowsOf(open, place, job.JobId);
			expect(rows).toHaveLength(tasks);
			const reasons = ['SrcKeyNotFound', 'SrcVersionNotFound'];
			expect(reasons.map((reason) => rows.filter((row) => row.includes(reason)).length)).toEqual([
				Math.ceil(failing / 2),
				Math.floor(failing / 2),
			]);
		},
	);

	// Documented: S3 User Guide, replication-metrics-events. When each arises: our reading.
	it.each([
		{reason: 'SrcBucketNotFound', bucket: 'nobody-has-this-bucket'},
		{reason: 'SrcBucketReplicationConfigMissing', bucket: undefined},
	])('fails each for $reason', async ({reason, bucket}) => {
		const {pair, versionIds} = await setUpOld(open, ['a']);
		const place = await setUpBatch(open, pair.source);
		await open.source.send(new DeleteBucketReplicationCommand({Bucket: pair.source}));
		const lines: readonly ManifestLine[] = [[bucket ?? pair.source, 'a', versionIds[0] ?? '']];
		const manifest = await putManifest(open, place, lines, true);
		const job = await runJob(open.s3Control('source', 'us-east-1'), jobInput(pair, place, manifest));
		expect(job).toMatchObject({Status: 'Complete', ProgressSummary: {NumberOfTasksFailed: 1}});
		expect(await rowsOf(open, place, job.JobId)).toEqual([expect.stringContaining(`,failed,`)]);
		expect(await rowsOf(open, place, job.JobId)).toEqual([expect.stringContaining(reason)]);
	});
});
