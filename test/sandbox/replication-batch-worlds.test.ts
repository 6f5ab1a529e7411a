import {HeadObjectCommand, PutObjectCommand} from '@aws-sdk/client-s3';
import {CreateJobCommand, ListJobsCommand, UpdateJobStatusCommand} from '@aws-sdk/client-s3-control';
import {PutRolePolicyCommand} from '@aws-sdk/client-iam';
import {afterAll, beforeAll, describe as group, expect, it} from 'vitest';
import {until} from '../support/until.js';
import {
	describe,
	jobInput,
	type ManifestLine,
	putManifest,
	rowsOf,
	runJob,
	setUpBatch,
	setUpOld,
	whenJob,
	withoutRules,
} from './support/batch-world.js';
import {createKey, keyRights, rulesWith} from './support/kms-keys.js';
import {errorOf, openSandbox, type OpenSandbox, sourceAccountId} from './support/open-sandbox.js';
import {policyOf, setUpPair, statusOf} from './support/replicated-pair.js';

let open: OpenSandbox;
beforeAll(async () => {
	open = await openSandbox({replicationDelayMs: 5, batchObjectsPerSecond: 100_000});
});
afterAll(() => open.close());

const controlOf = ({s3Control}: OpenSandbox) => s3Control('source', 'us-east-1');

group('objects that are encrypted with a key of KMS', () => {
	/** A pair whose rule asks for such objects; its source holds one from before. The rule's role lacks some rights at the keys. */
	async function setUp(missing: readonly string[] = []) {
		const keys = {
			source: await createKey(open.kms('source', 'us-east-1')),
			replica: await createKey(open.kms('source', 'us-west-2')),
		};
		const pair = await setUpPair(open, {rules: rulesWith(keys.replica)});
		await open.iam.send(
			new PutRolePolicyCommand({
				RoleName: pair.roleName,
				PolicyName: 'keys',
				PolicyDocument: policyOf(keyRights(pair, keys, missing)),
			}),
		);
		const {VersionId = ''} = await withoutRules(open, pair.source, async () =>
			open.source.send(
				new PutObjectCommand({
					Bucket: pair.source,
					Key: 'k',
					Body: 'text',
					ServerSideEncryption: 'aws:kms',
					SSEKMSKeyId: keys.source,
				}),
			),
		);
		return {pair, keys, versionId: VersionId, place: await setUpBatch(open, pair.source)};
	}

	// Documented: S3 User Guide, s3-batch-replication-policies: the job's role needs nothing at the keys, the rule's role does.
	it('are copied by the role of the rule, under its key', async () => {
		const {pair, keys, versionId, place} = await setUp();
		expect(await runJob(controlOf(open), jobInput(pair, place))).toMatchObject({
			Status: 'Complete',
			ProgressSummary: {NumberOfTasksSucceeded: 1, NumberOfTasksFailed: 0},
		});
		const replica = await pair.destinationClient.send(
			new HeadObjectCommand({Bucket: pair.destination, Key: 'k', VersionId: versionId}),
		);
		expect(replica).toMatchObject({ReplicationStatus: 'REPLICA', SSEKMSKeyId: keys.replica});
	});

	// Documented: S3 User Guide, replication-config-for-kms-objects. That the job completes: documented, batch-ops-job-status.
	it('fail, each by itself, where that role may not decrypt', async () => {
		const {pair, versionId, place} = await setUp(['kms:Decrypt']);
		const job = await runJob(controlOf(open), jobInput(pair, place));
		expect(job).toMatchObject({
			Status: 'Complete',
			ProgressSummary: {NumberOfTasksSucceeded: 0, NumberOfTasksFailed: 1},
		});
		expect(await rowsOf(open, place, job.JobId)).toEqual([
			expect.stringContaining(`${pair.source},k,${versionId},failed,`),
		]);
		expect(await statusOf(open.source, pair.source, 'k', versionId)).toBe('FAILED');
	});
});

group('a pair of two accounts', () => {
	// Documented: S3 User Guide, replication-walkthrough-2 and s3-batch-replication-batch: the destination's policy is the rule's matter.
	it.each([
		{hasBucketPolicy: true, succeeded: 1, failed: 0, row: 'succeeded', status: 'COMPLETED'},
		{hasBucketPolicy: false, succeeded: 0, failed: 1, row: 'failed', status: 'FAILED'},
	])(
		'is served as its rule is (policy of the destination: $hasBucketPolicy)',
		async ({hasBucketPolicy, succeeded, failed, row, status}) => {
			const {pair, versionIds} = await setUpOld(open, ['k'], {isCrossAccount: true, hasBucketPolicy});
			const place = await setUpBatch(open, pair.source);
			const job = await runJob(controlOf(open), jobInput(pair, place));
			expect(job).toMatchObject({
				Status: 'Complete',
				ProgressSummary: {NumberOfTasksSucceeded: succeeded, NumberOfTasksFailed: failed},
			});
			expect(await rowsOf(open, place, job.JobId)).toEqual([
				expect.stringContaining(`${pair.source},k,${versionIds[0]},${row},`),
			]);
			expect(await statusOf(open.source, pair.source, 'k', versionIds[0]!)).toBe(status);
		},
	);
});

// Documented: S3 User Guide, batch-ops-job-status and batch-ops-examples-reports: what was tried is told, the rest is left.
it('a job that is cancelled while it is active tells of what it has tried, and tries no more', async () => {
	const slow = await openSandbox({replicationDelayMs: 20, batchObjectsPerSecond: 1});
	const {pair, versionIds} = await setUpOld(slow, ['k']);
	const place = await setUpBatch(slow, pair.source);
	const count = 2000;
	const lines = Array.from({length: count}, (): ManifestLine => [pair.source, 'k', versionIds[0]!]);
	const {JobId = ''} = await controlOf(slow).send(
		new CreateJobCommand(jobInput(pair, place, await putManifest(slow, place, lines, true))),
	);
	const tried = ({ProgressSummary = {}}: Awaited<ReturnType<typeof describe>>) =>
		(ProgressSummary.NumberOfTasksSucceeded ?? 0) + (ProgressSummary.NumberOfTasksFailed ?? 0);
	const active = await until(async () => {
		const job = await describe(controlOf(slow), JobId);
		return tried(job) > 1 ? job : undefined;
	});
	expect(active.Status).toBe('Active');
	const answer = await controlOf(slow).send(
		new UpdateJobStatusCommand({AccountId: sourceAccountId, JobId, RequestedJobStatus: 'Cancelled'}),
	);
	expect(answer).toMatchObject({Status: 'Cancelling'});
	const ended = await whenJob(controlOf(slow), JobId);
	expect(ended).toMatchObject({Status: 'Cancelled', ProgressSummary: {TotalNumberOfTasks: count}});
	expect(tried(ended)).toBeGreaterThanOrEqual(tried(active));
	expect(tried(ended)).toBeLessThan(count);
	expect(await rowsOf(slow, place, JobId)).toHaveLength(tried(ended));
	await slow.close();
});

// Documented: S3 User Guide, troubleshooting-batch-operations; how long it takes, and that a list lacks it too: guessed.
it('a job that was made just now is not known yet', async () => {
	const propagationDelayMs = 10_000;
	let nowMs = Date.now();
	const clock = {now: () => nowMs, wait: async () => new Promise<void>(() => undefined)};
	const late = await openSandbox({clock, propagationDelayMs});
	const input = jobInput(
		{source: 'any'},
		{files: 'files', roleName: 'role', roleArn: `arn:aws:iam::${sourceAccountId}:role/role`},
	);
	const {JobId = ''} = await controlOf(late).send(new CreateJobCommand(input));
	const listed = async () =>
		(await controlOf(late).send(new ListJobsCommand({AccountId: sourceAccountId}))).Jobs ?? [];
	expect(await errorOf(describe(controlOf(late), JobId))).toMatchObject({code: 'NoSuchJob', status: 404});
	expect(await listed()).toEqual([]);
	// Its token finds it all the same.
	expect(await controlOf(late).send(new CreateJobCommand(input))).toMatchObject({JobId});
	nowMs += propagationDelayMs;
	expect(await describe(controlOf(late), JobId)).toMatchObject({JobId, Status: 'New'});
	expect(await listed()).toHaveLength(1);
	await late.close();
});
