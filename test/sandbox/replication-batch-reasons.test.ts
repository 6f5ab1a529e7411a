import {DeleteObjectCommand, PutObjectCommand} from '@aws-sdk/client-s3';
import {afterAll, beforeAll, expect, it} from 'vitest';
import {beginCopies, endCopy} from '../../source/sandbox/replication/copy-now.js';
import {type Bucket} from '../../source/sandbox/world/bucket.js';
import {systemClock} from '../../source/sandbox/world/clock.js';
import {makeWorld} from '../../source/sandbox/world/make-world.js';
import {findPartition} from '../../source/sandbox/world/partition.js';
import {
	noteCopy,
	type ObjectVersion,
	replicationStatusOf,
} from '../../source/sandbox/world/object-version.js';
import {
	type BatchPlace,
	jobInput,
	type ManifestLine,
	putManifest,
	rowsOf,
	runJob,
	setUpBatch,
	withoutRules,
} from './support/batch-world.js';
import {openSandbox, type OpenSandbox, ruleTo} from './support/open-sandbox.js';
import {finalStatusOf, type Pair, put, setUpPair} from './support/replicated-pair.js';

let open: OpenSandbox;
beforeAll(async () => {
	open = await openSandbox({replicationDelayMs: 5, batchObjectsPerSecond: 100_000});
});
afterAll(() => open.close());

// The reasons: documented, S3 User Guide, replication-metrics-events; which of them stands for what, and in which column: guessed.

type Case = {
	readonly reason: string;
	readonly missing?: readonly string[];
	readonly region?: string;
	/** Makes the object what the reason is about; gives the line of the manifest. */
	readonly arrange: (pair: Pair) => Promise<ManifestLine>;
};

const old = async ({source}: Pair): Promise<ManifestLine> =>
	withoutRules(open, source, async () => [source, 'old', await put(open.source, source, 'old')]);

const cases: readonly Case[] = [
	{reason: 'InitiateReplicationNotPermitted', missing: ['s3:InitiateReplication'], arrange: old},
	{reason: 'SrcBucketInvalidRegion', region: 'us-west-2', arrange: old},
	{reason: 'SrcKeyNotFound', arrange: async ({source}) => [source, 'never-there', '']},
	{
		reason: 'SrcVersionNotFound',
		arrange: async (pair) => {
			const [bucket, key, versionId] = await old(pair);
			await put(open.source, pair.source, 'old');
			await open.source.send(new DeleteObjectCommand({Bucket: bucket, Key: key, VersionId: versionId}));
			return [bucket, key, versionId];
		},
	},
	{
		reason: 'SrcObjectNotEligible',
		arrange: async ({source}) => {
			const {VersionId} = await open.source.send(
				new PutObjectCommand({Bucket: source, Key: 'cold', Body: 'x', StorageClass: 'GLACIER'}),
			);
			return [source, 'cold', VersionId];
		},
	},
	{
		reason: 'DstObjectHardDeleted',
		arrange: async ({source, destination, destinationClient}) => {
			const versionId = await put(open.source, source, 'copied');
			await finalStatusOf(open.source, source, 'copied', versionId);
			await destinationClient.send(
				new DeleteObjectCommand({Bucket: destination, Key: 'copied', VersionId: versionId}),
			);
			return [source, 'copied', versionId];
		},
	},
];

const runWith = async (
	pair: Pair,
	place: BatchPlace,
	line: ManifestLine,
	region = 'us-east-1',
): Promise<readonly string[]> => {
	const manifest = await putManifest(open, place, [line], true);
	const job = await runJob(open.s3Control('source', region), jobInput(pair, place, manifest));
	expect(job.Status).toBe('Complete');
	return rowsOf(open, place, job.JobId);
};

it.each(cases)('a task fails for $reason', async ({reason, missing = [], region, arrange}) => {
	const pair = await setUpPair(open);
	const place = await setUpBatch(open, pair.source, {missing});
	const line = await arrange(pair);
	expect(await runWith(pair, place, line, region)).toEqual([
		expect.stringMatching(new RegExp(`^${line.join(',')},failed,40[034],${reason},`)),
	]);
});

it('a task of a version that is in step succeeds and writes nothing', async () => {
	const pair = await setUpPair(open);
	const place = await setUpBatch(open, pair.source);
	const versionId = await put(open.source, pair.source, 'copied');
	await finalStatusOf(open.source, pair.source, 'copied', versionId);
	const before = open.sandbox.replications.length;
	const rows = await runWith(pair, place, [pair.source, 'copied', versionId]);
	expect(rows).toEqual([`${pair.source},copied,${versionId},succeeded,200,,Successful`]);
	expect(open.sandbox.replications.length).toBe(before);
});

it('a task fails for SrcReplicationNotPending where S3 copies the version first', () => {
	const world = makeWorld({
		clock: systemClock,
		partition: findPartition('aws'),
		seed: 1,
		propagationDelayMs: 0,
		capBytes: 0,
	});
	const source = {name: 'source', replication: {Role: '', Rules: [ruleTo('destination')]}} as Bucket;
	const version = {
		key: 'fresh',
		tags: [],
		data: {storageClass: 'STANDARD'},
		copies: new Map([['destination', 'PENDING']]),
	} as unknown as ObjectVersion;
	const begun = beginCopies(world, source, version);
	const [copy] = 'copies' in begun ? begun.copies : [];
	noteCopy(version, 'destination', 'COMPLETED');
	const replicated: unknown[] = [];
	expect(endCopy(world, copy!, (entry) => replicated.push(entry))).toBe('SrcReplicationNotPending');
	expect(replicated).toEqual([]);
	expect(replicationStatusOf(version)).toBe('COMPLETED');
});
