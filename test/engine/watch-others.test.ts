import {PutRolePolicyCommand} from '@aws-sdk/client-iam';
import {
	GetBucketReplicationCommand,
	PutBucketOwnershipControlsCommand,
	PutBucketPolicyCommand,
	PutBucketReplicationCommand,
	PutObjectCommand,
} from '@aws-sdk/client-s3';
import {describe, expect, test} from 'vitest';
import {destinationAccountId, ruleTo} from '../sandbox/support/open-sandbox.js';
import {createVersioned, policyOf, rolePolicy} from '../sandbox/support/replicated-pair.js';
import {countOf, type WatchTarget, type WatchWorld, watchWorldOf} from './support/watch-world.js';

/** Lets somebody write an object right after a look at the source, the number of which is given from 1. */
function writingAfter(
	world: WatchWorld,
	look: number,
	Key: string,
	written: (at: number) => void,
): WatchTarget {
	let looks = 0;
	return {
		wrap: (objects, bucket) => ({
			...objects,
			async listVersions(...given) {
				const page = await objects.listVersions(...given);
				if (bucket !== world.source || page.next || ++looks !== look) return page;
				await world.one.source.send(new PutObjectCommand({Bucket: world.source, Key, Body: 'x'}));
				written(world.clock.now());
				return page;
			},
		}),
	};
}

test('objects that were there before are neither counted nor asked about; one that comes is', async () => {
	const world = await watchWorldOf();
	const existing = Array.from({length: 100}, (_, index) => `theirs/${index}`);
	await Promise.all(
		existing.map(async (Key) => world.one.source.send(new PutObjectCommand({Bucket: world.source, Key}))),
	);
	const {store, events, requests} = await world.run({
		...writingAfter(world, 2, 'theirs/new', () => undefined),
		others: {prefix: 'theirs/', isLimited: false},
		followMs: 60_000,
	});

	expect(store.objectCounts(true)).toEqual({uploaded: 1, replicated: 1, failed: 0, pending: 0});
	expect(events.flatMap((event) => (event.type === 'object-uploaded' ? [event.key] : []))).toEqual([
		'theirs/new',
	]);
	expect(requests.HeadObject).toBeLessThanOrEqual(3);
});

test('the delay of what others write is counted from the look before, and so much less certain', async () => {
	const world = await watchWorldOf();
	let writtenAt = 0;
	const {events} = await world.run({
		...writingAfter(world, 3, 'theirs/one', (at) => {
			writtenAt = at;
		}),
		others: {prefix: 'theirs/', isLimited: false},
		followMs: 20_000,
	});

	const [arrival] = events.flatMap((event) => (event.type === 'object-replicated' ? [event] : []));
	const {at = 0, delayMs = 0, uncertaintyMs = 0} = arrival ?? {};
	const sinceWritten = at - writtenAt;
	expect(delayMs).toBeGreaterThanOrEqual(sinceWritten);
	expect(delayMs - uncertaintyMs).toBeLessThanOrEqual(sinceWritten);
	expect(uncertaintyMs).toBeGreaterThanOrEqual(1000);
});

test('what others write in a pause is followed after it, and its delay is in no figure', async () => {
	const world = await watchWorldOf();
	const {store} = await world.run({
		others: {prefix: 'theirs/', isLimited: false},
		followMs: 60_000,
		...writingAfter(world, 2, 'theirs/one', () => undefined),
		onEvent(event, control) {
			if (event.type !== 'watch-started') return;
			void world.clock.wait(2100).then(async () => {
				control.setPaused(true);
				await world.clock.wait(600_000);
				control.setPaused(false);
			});
		},
	});

	expect(store.objectCounts(true)).toMatchObject({uploaded: 1, replicated: 1});
	expect(store.delays.count).toBe(0);
});

test('what comes between the last look and the end of the time is followed as well', async () => {
	const world = await watchWorldOf();
	// Looks come at 0 s, 1.2 s, 2.6 s, …: the next one would be after the end.
	const {store, events} = await world.run({
		...writingAfter(world, 2, 'theirs/last', () => undefined),
		others: {prefix: 'theirs/', isLimited: false},
		followMs: 2000,
	});

	expect(store.objectCounts(true)).toEqual({uploaded: 1, replicated: 1, failed: 0, pending: 0});
	expect(events.at(-1)?.at).toBeLessThan((events[0]?.at ?? 0) + 20_000);
});

test('how much was there before, and how often is looked, is told once', async () => {
	const world = await watchWorldOf();
	for (const Key of ['theirs/1', 'theirs/2', 'elsewhere/3'])
		await world.one.source.send(new PutObjectCommand({Bucket: world.source, Key}));
	const {events} = await world.run({others: {prefix: 'theirs/', isLimited: false}, followMs: 9000});

	const told = events.flatMap((event) => (event.type === 'others-looked-through' ? [event] : []));
	expect(told).toMatchObject([{bucket: world.source, versions: 2, everyMs: 1000}]);
});

// Documented: S3 User Guide, "Changing the replica owner": with ACLs an object belongs to the account that wrote it.
test('where replicas come in, objects that another account owns are left out, and that is told once', async () => {
	const world = await watchWorldOf();
	const {source: Bucket, one} = world;
	const OwnershipControls = {Rules: [{ObjectOwnership: 'ObjectWriter' as const}]};
	await one.source.send(new PutBucketOwnershipControlsCommand({Bucket, OwnershipControls}));
	const Policy = policyOf([
		{
			Effect: 'Allow',
			Principal: {AWS: destinationAccountId},
			Action: 's3:PutObject',
			Resource: `arn:aws:s3:::${Bucket}/*`,
		},
	]);
	await one.source.send(new PutBucketPolicyCommand({Bucket, Policy}));
	const foreign = one.s3('destination', 'us-east-1');
	let looks = 0;
	const {store, events, error} = await world.run({
		wrap: (objects, bucket) => ({
			...objects,
			async listVersions(...given) {
				const page = await objects.listVersions(...given);
				if (bucket !== Bucket || ++looks !== 2) return page;
				for (const Key of ['a/foreign', 'b/foreign'])
					await foreign.send(new PutObjectCommand({Bucket, Key, Body: 'x'}));
				await one.source.send(new PutObjectCommand({Bucket, Key: 'own', Body: 'x'}));
				return page;
			},
		}),
		others: {prefix: '', isLimited: false, hasReplicas: true},
		followMs: 20_000,
	});

	expect(error).toBeUndefined();
	expect(countOf(events, 'others-unreadable')).toBe(1);
	expect(events.flatMap((event) => (event.type === 'object-uploaded' ? [event.key] : []))).toEqual(['own']);
	expect(store.objectCounts(true)).toEqual({uploaded: 1, replicated: 1, failed: 0, pending: 0});
});

/** A marker or a prefix that is cut within a surrogate pair cannot be sent: the watch would try for ever. */
test.each([
	['that end beyond U+FFFF', ['theirs/party \u{1F389}']],
	['that differ in the second half of a pair', ['\u{1F600} one', '\u{1F601} two']],
	['of one character', ['\u{1F600}']],
	['that hold controls and line breaks', ['a\r\nb', '\u0001', '\u001B[2J', '\uFEFF', '\u{E0041}']],
])('keys %s are found at the destination', async (_, keys) => {
	const world = await watchWorldOf();
	const {store, error} = await world.run({
		wrap: (objects, bucket) => ({
			...objects,
			async listVersions(...given) {
				const page = await objects.listVersions(...given);
				if (bucket !== world.source || keys.length === 0) return page;
				await Promise.all(
					keys
						.splice(0)
						.map(async (Key) => world.one.source.send(new PutObjectCommand({Bucket: world.source, Key}))),
				);
				return page;
			},
		}),
		others: {prefix: '', isLimited: false},
		followMs: 60_000,
	});

	expect(error).toBeUndefined();
	const {uploaded, replicated} = store.objectCounts(true);
	expect(replicated).toBe(uploaded);
	expect(uploaded).toBeGreaterThan(0);
});

// Documented: S3 User Guide, "Access control list overview": what another account writes to a bucket with ACLs its owner may not read.
describe('an object whose status this profile may not read', () => {
	/** Lets another account write `a/foreign`, then the owner objects without and with a rule, after the second look at the source. */
	const foreignWorld = async () => {
		const world = await watchWorldOf();
		const {source: Bucket, one} = world;
		const OwnershipControls = {Rules: [{ObjectOwnership: 'ObjectWriter' as const}]};
		await one.source.send(new PutBucketOwnershipControlsCommand({Bucket, OwnershipControls}));
		const Principal = {AWS: destinationAccountId};
		const Policy = policyOf([
			{Effect: 'Allow', Principal, Action: 's3:PutObject', Resource: `arn:aws:s3:::${Bucket}/*`},
		]);
		await one.source.send(new PutBucketPolicyCommand({Bucket, Policy}));
		const foreign = one.s3('destination', 'us-east-1');
		let looks = 0;
		const asked: string[] = [];
		const wrap: WatchTarget['wrap'] = (objects, bucket) => ({
			...objects,
			async headVersion(...given) {
				if (bucket === Bucket) asked.push(given[1].key);
				return objects.headVersion(...given);
			},
			async listVersions(...given) {
				const page = await objects.listVersions(...given);
				if (bucket !== Bucket) return page;
				looks++;
				if (looks === 2) await foreign.send(new PutObjectCommand({Bucket, Key: 'a/foreign', Body: 'x'}));
				if (looks === 8) await one.source.send(new PutObjectCommand({Bucket, Key: 'own', Body: 'x'}));
				return page;
			},
		});
		return {world, asked, wrap};
	};

	test('is asked about once; the others are asked about, and their failures seen', async () => {
		const {world, asked, wrap} = await foreignWorld();
		const {store, events, error} = await world.run({
			wrap,
			others: {prefix: '', isLimited: false},
			followMs: 60_000,
			timeoutMs: 120_000,
		});

		expect(error).toBeUndefined();
		expect(countOf(events, 'status-lost')).toBe(1);
		expect(asked.filter((key) => key === 'a/foreign')).toHaveLength(1);
		expect(asked).toContain('own');
		expect(store.object('own', 0)).toMatchObject({state: 'replicated'});
		expect(store.object('a/foreign', 0)).toMatchObject({state: 'pending'});
	});

	test('is left out where nothing but the status could tell, and the watch goes on', async () => {
		const {world, wrap} = await foreignWorld();
		const {store, events, error} = await world.run({
			wrap,
			sees: () => false,
			others: {prefix: '', isLimited: false},
			followMs: 60_000,
		});

		expect(error).toBeUndefined();
		expect(countOf(events, 'others-unreadable')).toBe(1);
		expect(store.objectCounts(true)).toEqual({uploaded: 1, replicated: 1, failed: 0, pending: 0});
	});
});

// Documented: S3 User Guide, "What isn't replicated with replication configurations?": replicas of another bucket's rules.
test('a replica that comes into the source is not waited for', async () => {
	const world = await watchWorldOf();
	const before = world.one.name('before');
	await createVersioned(world.one.source, before);
	const {Role = ''} =
		(await world.one.source.send(new GetBucketReplicationCommand({Bucket: world.source})))
			.ReplicationConfiguration ?? {};
	const RoleName = Role.slice(Role.lastIndexOf('/') + 1);
	const PolicyDocument = rolePolicy(before, world.source);
	await world.one.iam.send(new PutRolePolicyCommand({RoleName, PolicyName: 'before', PolicyDocument}));
	const ReplicationConfiguration = {Role, Rules: [ruleTo(world.source)]};
	await world.one.source.send(new PutBucketReplicationCommand({Bucket: before, ReplicationConfiguration}));
	let looks = 0;
	const {store, error} = await world.run({
		wrap: (objects, bucket) => ({
			...objects,
			async listVersions(...given) {
				const page = await objects.listVersions(...given);
				if (bucket === world.source && ++looks === 2)
					await world.one.source.send(new PutObjectCommand({Bucket: before, Key: 'from-before', Body: 'x'}));
				return page;
			},
		}),
		others: {prefix: '', isLimited: false},
		followMs: 60_000,
		timeoutMs: 120_000,
	});

	expect(error).toBeUndefined();
	expect(store.object('from-before', 0)).toMatchObject({state: 'unmatched'});
	expect(store.objectCounts(true).pending).toBe(0);
});
