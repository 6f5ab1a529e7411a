import {
	CreateBucketCommand,
	DeleteBucketCommand,
	DeleteObjectCommand,
	PutBucketVersioningCommand,
} from '@aws-sdk/client-s3';
import {describe, expect, test} from 'vitest';
import type {RunEvent} from '../../source/domain/event.js';
import {fixable, ProblemError} from '../../source/domain/problem.js';
import {countOf, type WatchTarget, type WatchWorld, watchWorldOf} from './support/watch-world.js';

const troubledBuckets = (events: readonly RunEvent[]) => [
	...new Set(events.flatMap((event) => (event.type === 'request-failed' ? [event.bucket] : []))),
];
const slowDown = new ProblemError(fixable('throttled', 'Cannot go on: slow down', 'SlowDown.', ['Wait.']));

describe('a destination that comes back', () => {
	test('after its region was down has everything that arrived meanwhile, and the trouble is over', async () => {
		const world = await watchWorldOf();
		let failures = 0;
		const {store, events, error} = await world.run({
			files: 6,
			ratePerSecond: 0.5,
			onEvent(event) {
				if (event.type === 'object-replicated' && failures === 0) {
					world.one.sandbox.setFaults([
						{operation: 'ListObjectVersions', region: 'us-west-2', fault: 'RegionDown'},
					]);
				}

				if (event.type === 'request-failed' && ++failures === 2) world.one.sandbox.setFaults([]);
			},
		});

		expect(error).toBeUndefined();
		expect(store.objectCounts()).toEqual({uploaded: 6, replicated: 6, failed: 0, pending: 0});
		expect(troubledBuckets(events)).toEqual(world.destinations);
		expect(countOf(events, 'requests-recovered')).toBe(1);
		expect(store.troubles).toEqual([]);
	});

	test('after it was deleted takes what is sent from then on; what came between has failed for good', async () => {
		const world = await watchWorldOf();
		const [Bucket = ''] = world.destinations;
		const there = world.one.s3('source', 'us-west-2');
		const during = async (work: Promise<unknown>, end = world.clock.begin()) => work.finally(end);
		let isDeleted = false;
		let failures = 0;
		const {store, error} = await world.run({
			files: 6,
			ratePerSecond: 0.1,
			onEvent(event) {
				if (event.type === 'object-replicated' && !isDeleted) {
					isDeleted = true;
					const {key: Key, versionId: VersionId} = event;
					const deleted = there
						.send(new DeleteObjectCommand({Bucket, Key, VersionId}))
						.then(async () => there.send(new DeleteBucketCommand({Bucket})));
					void during(deleted);
				}

				if (event.type === 'object-failed' && ++failures === 2) {
					const VersioningConfiguration = {Status: 'Enabled'} as const;
					const made = there
						.send(new CreateBucketCommand({Bucket}))
						.then(async () => there.send(new PutBucketVersioningCommand({Bucket, VersioningConfiguration})));
					void during(made);
				}
			},
		});

		expect(error).toBeUndefined();
		expect(store.objectCounts()).toEqual({uploaded: 6, replicated: 4, failed: 2, pending: 0});
		expect(store.troubles).toEqual([]);
	});
});

describe('one end that is throttled', () => {
	const throttling = (world: WatchWorld, isThrottled: (bucket: string) => boolean) =>
		world.run({
			files: 20,
			wrap: (objects, bucket) => {
				let count = 0;
				const limited =
					<Given extends unknown[], Answer>(call: (...given: Given) => Promise<Answer>) =>
					async (...given: Given): Promise<Answer> => {
						if (isThrottled(bucket) && ++count <= 5) throw slowDown;
						return call(...given);
					};
				return {
					...objects,
					listVersions: limited(objects.listVersions),
					headVersion: limited(objects.headVersion),
				};
			},
		});

	test('slows its own requests down and not the other’s: a destination', async () => {
		const world = await watchWorldOf();
		const {store, events} = await throttling(world, (bucket) => bucket !== world.source);

		expect(store.objectCounts()).toMatchObject({replicated: 20, failed: 0});
		expect(troubledBuckets(events)).toEqual(world.destinations);
		const [first, last] = ['upload-started', 'object-uploaded'].map((type) =>
			events.findLast((event) => event.type === type),
		);
		// All of them had been sent before the destination was asked again.
		expect((last?.at ?? 0) - (first?.at ?? 0)).toBeLessThan(1000);
	});

	test('slows its own requests down and not the other’s: the source', async () => {
		const world = await watchWorldOf();
		const {store, events} = await throttling(world, (bucket) => bucket === world.source);

		expect(store.objectCounts()).toMatchObject({replicated: 20, failed: 0});
		expect(troubledBuckets(events)).toEqual([world.source]);
		const arrivals = events.flatMap((event) =>
			event.type === 'object-replicated' ? [event.uncertaintyMs] : [],
		);
		expect(Math.max(...arrivals)).toBeLessThanOrEqual(1000);
	});
});

describe('somebody else', () => {
	test('deletes the object with a marker while it is under way: its version arrives all the same', async () => {
		const world = await watchWorldOf();
		const {store} = await world.run({
			files: 1,
			onEvent(event) {
				if (event.type !== 'object-uploaded') return;
				const end = world.clock.begin();
				const marker = new DeleteObjectCommand({Bucket: world.source, Key: event.key});
				void world.one.source.send(marker).finally(end);
			},
		});

		expect(store.objectCounts()).toEqual({uploaded: 1, replicated: 1, failed: 0, pending: 0});
	});

	test('deletes the replica as soon as it is there: nobody sees it, and it is not called replicated', async () => {
		const world = await watchWorldOf();
		const [Bucket = ''] = world.destinations;
		const there = world.one.s3('source', 'us-west-2');
		const {store, events} = await world.run({
			files: 1,
			timeoutMs: 60_000,
			wrap: (objects, bucket) => ({
				...objects,
				async listVersions(...given) {
					const page = await objects.listVersions(...given);
					if (bucket === world.source) return page;
					for (const {key: Key, versionId: VersionId} of page.versions)
						await there.send(new DeleteObjectCommand({Bucket, Key, VersionId}));
					return {versions: [], markers: []};
				},
			}),
		});

		expect(store.object('test/00001.txt', 0)?.state).toBe('unseen');
		expect(countOf(events, 'object-unseen')).toBe(1);
		expect(store.objectCounts()).toMatchObject({replicated: 0, failed: 0, pending: 1});
	});
});

test('what the source calls completed and nobody sees is replicated when it is seen at last', async () => {
	const world = await watchWorldOf();
	let isTold = false;
	const {store, events} = await world.run({
		files: 1,
		onEvent(event) {
			isTold ||= event.type === 'object-unseen';
		},
		wrap: (objects, bucket) => ({
			...objects,
			async listVersions(...given) {
				const page = await objects.listVersions(...given);
				return bucket === world.source || isTold ? page : {versions: [], markers: []};
			},
		}),
	});

	expect(countOf(events, 'object-unseen')).toBe(1);
	expect(store.object('test/00001.txt', 0)?.state).toBe('replicated');
});

describe('a source that cannot be reached', () => {
	const unreachable = new ProblemError(
		fixable('endpoint-unreachable', 'Cannot reach AWS', 'ENOTFOUND', ['Check the network.']),
	);
	/** Nothing gets through from five seconds after the beginning on, for so long. */
	const cutOff = (world: WatchWorld, forMs: number) => {
		const from = world.clock.now() + 5000;
		const isDown = (): boolean => world.clock.now() >= from && world.clock.now() < from + forMs;
		return {
			files: 40,
			ratePerSecond: 2,
			timeoutMs: 400_000,
			wrap: (objects) => {
				const through =
					<Given extends unknown[], Answer>(call: (...given: Given) => Promise<Answer>) =>
					async (...given: Given): Promise<Answer> => {
						if (isDown()) throw unreachable;
						return call(...given);
					};
				return {
					...objects,
					put: through(objects.put),
					headVersion: through(objects.headVersion),
					listVersions: through(objects.listVersions),
				};
			},
		} satisfies WatchTarget;
	};

	test('for five minutes loses nothing', async () => {
		const world = await watchWorldOf();
		const {store, events, error} = await world.run(cutOff(world, 300_000));

		expect(error).toBeUndefined();
		expect(store.objectCounts()).toEqual({uploaded: 40, replicated: 40, failed: 0, pending: 0});
		expect(countOf(events, 'requests-recovered')).toBe(2);
		expect(store.troubles).toEqual([]);
	});

	test('for good ends the watch: what could not be sent has failed, and the rest is not tried for ever', async () => {
		const world = await watchWorldOf();
		const {store, events} = await world.run(cutOff(world, Infinity));

		const {uploaded, failed, pending} = store.objectCounts();
		expect(failed).toBeGreaterThanOrEqual(25);
		expect(uploaded + failed).toBeLessThanOrEqual(40);
		expect(pending).toBeLessThanOrEqual(10);
		expect((events.at(-1)?.at ?? 0) - (events[0]?.at ?? 0)).toBeLessThan(3 * 400_000);
	});
});
