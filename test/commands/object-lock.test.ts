import {
	CreateBucketCommand,
	GetObjectLockConfigurationCommand,
	HeadBucketCommand,
	ListObjectVersionsCommand,
	type ObjectLockRetentionMode,
	PutObjectLockConfigurationCommand,
	PutObjectRetentionCommand,
	type S3Client,
} from '@aws-sdk/client-s3';
import {expect, it} from 'vitest';
import {tutorialNames} from '../../source/domain/answers/tutorial.js';
import {type ProgramResult, temporaryFolder} from '../support/program.js';
import {recordedWorld} from '../support/recorded-world.js';
import {runHere} from '../support/run-here.js';
import {tutorialArgs} from '../support/tutorial-args.js';
import {sampled} from '../support/sampled.js';

const {sourceBucket, destinationBucket} = tutorialNames('cross-region');

type Check = {
	readonly id: string;
	readonly result: string;
	readonly evidence: string;
	readonly problem: unknown;
};
const lockCheckOf = ({events}: ProgramResult) =>
	events().find(({type, id}) => type === 'check-finished' && id === 'object-lock') as unknown as Check;

const locationOf = {
	'us-east-1': {},
	'us-west-2': {CreateBucketConfiguration: {LocationConstraint: 'us-west-2'}},
} as const;

const makeLocked = async (
	client: S3Client,
	Bucket: string,
	days?: number,
	Mode?: ObjectLockRetentionMode,
) => {
	const region = await client.config.region();
	await client.send(
		new CreateBucketCommand({
			Bucket,
			ObjectLockEnabledForBucket: true,
			...locationOf[region as keyof typeof locationOf],
		}),
	);
	await setRetention(client, Bucket, days, Mode);
};

const setRetention = async (
	client: S3Client,
	Bucket: string,
	days?: number,
	Mode?: ObjectLockRetentionMode,
) => {
	const Rule = days && {DefaultRetention: {Mode: Mode ?? 'GOVERNANCE', Days: days}};
	await client.send(
		new PutObjectLockConfigurationCommand({
			Bucket,
			ObjectLockConfiguration: {ObjectLockEnabled: 'Enabled', ...(Rule ? {Rule} : {})},
		}),
	);
};

// Documented: S3 API Reference, CreateBucket; S3 User Guide, "Requirements and considerations for replication".
it.each(
	sampled(
		'new locked buckets',
		[
			['where it is asked for', false, ['--object-lock']],
			['where the source has it', true, []],
		],
		10,
	),
)('a new destination bucket gets Object Lock %s, and goes with an undo', async (_where, isLocked, more) => {
	const world = await recordedWorld();
	const west = world.one.s3('source', 'us-west-2');
	if (isLocked) await makeLocked(world.one.source, sourceBucket);
	const applied = await world.apply('cross-region', '--files', '2', ...more);

	expect(applied.events().at(-1)).toMatchObject({outcome: 'succeeded', objects: {replicated: 2}});
	expect(lockCheckOf(applied)).toMatchObject({
		result: 'ok',
		evidence: expect.stringContaining('the destination is created with it') as string,
	});
	expect(await west.send(new GetObjectLockConfigurationCommand({Bucket: destinationBucket}))).toMatchObject({
		ObjectLockConfiguration: {ObjectLockEnabled: 'Enabled'},
	});
	const again = await world.run('plan', ...tutorialArgs('cross-region'), ...more);
	expect(again.stdout).not.toContain('"change":"update"');

	const undone = await world.run('undo', '--yes');
	expect(undone.events().at(-1)).toMatchObject({outcome: 'succeeded', problem: null});
	await expect(west.send(new HeadBucketCommand({Bucket: destinationBucket}))).rejects.toMatchObject({
		name: 'NotFound',
	});
});

it('gives no bucket that exists Object Lock, and says so before anything is written', async () => {
	const world = await recordedWorld();
	await world.one.s3('source', 'us-west-2').send(
		new CreateBucketCommand({
			Bucket: destinationBucket,
			CreateBucketConfiguration: {LocationConstraint: 'us-west-2'},
		}),
	);
	const refused = await world.apply('cross-region', '--object-lock');

	expect(refused.exitCode).not.toBe(0);
	expect(lockCheckOf(refused)).toMatchObject({problem: {code: 'object-lock-on-existing'}});
	await expect(world.one.source.send(new HeadBucketCommand({Bucket: sourceBucket}))).rejects.toMatchObject({
		name: 'NotFound',
	});
});

const date = /until \d{4}-\d\d-\d\d \d\d:\d\d UTC/;

it.each<readonly [string, readonly string[], string, unknown]>([
	[
		'with test files',
		['--files', '1'],
		'warning',
		{code: 'test-files-get-locked', headline: expect.stringMatching(date)},
	],
	['without', ['--files', '0'], 'ok', null],
])('a default retention of the source is told with its date %s', async (_files, more, result, problem) => {
	const world = await recordedWorld();
	await makeLocked(world.one.source, sourceBucket, 30);
	const applied = await world.apply('cross-region', ...more);
	const told = applied.events().findIndex(({type, id}) => type === 'check-finished' && id === 'object-lock');
	const uploaded = applied.events().findIndex(({type}) => type === 'object-uploaded');

	expect(lockCheckOf(applied)).toMatchObject({result, problem});
	expect(uploaded === -1 || told < uploaded).toBe(true);
});

const undoneOf = (undone: ProgramResult) =>
	(undone.events().find(({type}) => type === 'plan-made')?.operations ?? []) as ReadonlyArray<{
		readonly id: string;
		readonly change: string;
		readonly reason?: string;
	}>;

it('undo leaves locked test files, says until when, and deletes them once they are free', async () => {
	const world = await recordedWorld();
	const {source} = world.one;
	const west = world.one.s3('source', 'us-west-2');
	await makeLocked(source, sourceBucket, 30);
	const applied = await world.apply('cross-region', '--files', '1');
	expect(applied.events().at(-1)).toMatchObject({outcome: 'succeeded', objects: {replicated: 1}});
	const runId = String(applied.events()[0]?.runId);

	const undone = await world.run('undo', '--yes');
	expect(undone.events().at(-1)).toMatchObject({outcome: 'succeeded', problem: null});
	expect(undone.stdout).not.toContain('s3:DeleteObjectVersion');
	const reason = expect.stringMatching(date) as string;
	expect(undoneOf(undone)).toEqual(
		expect.arrayContaining([
			expect.objectContaining({id: `delete-objects:${sourceBucket}`, change: 'keep', reason}),
			expect.objectContaining({id: `delete-objects:${destinationBucket}`, change: 'keep', reason}),
			expect.objectContaining({id: `delete-bucket:${destinationBucket}`, change: 'keep', reason}),
		]),
	);

	for (const [client, Bucket] of [
		[source, sourceBucket],
		[west, destinationBucket],
	] as const) {
		const {Versions = []} = await client.send(new ListObjectVersionsCommand({Bucket}));
		expect(Versions).toHaveLength(1);
		for (const {Key = '', VersionId} of Versions) {
			await client.send(
				new PutObjectRetentionCommand({
					Bucket,
					Key,
					VersionId,
					Retention: {},
					BypassGovernanceRetention: true,
				}),
			);
		}
	}

	const last = await world.run('undo', runId, '--yes');
	expect(last.events().at(-1)).toMatchObject({outcome: 'succeeded', problem: null});
	expect((await source.send(new ListObjectVersionsCommand({Bucket: sourceBucket}))).Versions ?? []).toEqual(
		[],
	);
	await expect(west.send(new HeadBucketCommand({Bucket: destinationBucket}))).rejects.toMatchObject({
		name: 'NotFound',
	});
});

// Documented: S3 User Guide, "What does Amazon S3 replicate?": the source's retention goes with a replica; a destination's holds for new objects.
it.each(
	sampled(
		'default retention',
		[
			['the source', sourceBucket, 'us-east-1', 'Test files and their replicas'],
			['the destination', destinationBucket, 'us-west-2', 'Replicas'],
		] as const,
		10,
	),
)(
	'watch --files says before it uploads that a default retention of %s keeps the files',
	async (_end, bucket, region, what) => {
		const world = await recordedWorld();
		const here = {env: world.env, home: await temporaryFolder()};
		const client = world.one.s3('source', region);
		await makeLocked(client, bucket);
		const applied = await runHere(
			['apply', '--yes', ...tutorialArgs('cross-region'), '--files', '0', '--json'],
			here,
		);
		expect(applied.exitCode, applied.stdout).toBe(0);
		const watch = ['watch', '--source-profile', 'source', '--source-bucket', sourceBucket, '--files', '1'];
		const told = /stay locked until/;
		expect((await runHere(watch, here)).stdout).not.toMatch(told);
		await setRetention(client, bucket, 30);

		const lines = (await runHere(watch, here)).stdout.split('\n');
		const events = (await runHere([...watch, '--json'], here)).stdout
			.split('\n')
			.filter(Boolean)
			.map((line) => JSON.parse(line) as {readonly type: string});

		const said = lines.findIndex((line) => told.test(line));
		expect(lines[said]).toMatch(
			new RegExp(
				`^  ! ${what} stay locked until [-0-9]+ [0-9:]+ UTC: ${bucket} has the default retention GOVERNANCE, days: 30$`,
			),
		);
		expect(said).toBeLessThan(lines.findIndex((line) => line.startsWith('  ↑ ')));
		const checked = events.findIndex(({type}) => type === 'check-finished');
		expect(events[checked]).toMatchObject({
			id: 'object-lock',
			result: 'warning',
			evidence: 'default retention GOVERNANCE, days: 30',
			problem: {code: 'test-files-get-locked', headline: expect.stringMatching(date) as string},
		});
		expect(checked).toBeLessThan(events.findIndex(({type}) => type === 'object-uploaded'));
	},
);

it('--clean-up says until when test files are locked, not which permission is missing', async () => {
	const world = await recordedWorld();
	await makeLocked(world.one.source, sourceBucket, 30, 'COMPLIANCE');
	await world.apply('cross-region', '--files', '0');
	const watched = await world.run(
		...['watch', '--source-profile', 'source', '--source-bucket', sourceBucket],
		...['--files', '1', '--clean-up'],
	);

	expect(watched.events().at(-1)).toMatchObject({
		outcome: 'failed',
		problem: {code: 'files-locked', headline: expect.stringMatching(date) as string},
	});
	expect(watched.stdout).not.toContain('s3:DeleteObjectVersion');
});
