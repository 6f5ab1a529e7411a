import {
	DeleteBucketCommand,
	DeleteObjectCommand,
	GetBucketReplicationCommand,
	HeadObjectCommand,
	ListObjectVersionsCommand,
	PutBucketReplicationCommand,
	PutObjectCommand,
} from '@aws-sdk/client-s3';
import {describe, expect, test} from 'vitest';
import type {RunEvent} from '../../source/domain/event.js';
import {fixable, ProblemError} from '../../source/domain/problem.js';
import {hasTestFileMark} from '../../source/domain/watch/test-file.js';
import type {ReplicationRule} from '../../source/domain/rule/replication-configuration.js';
import type {ObjectDetails, WatchedObject} from '../../source/session/watch/watched-object.js';
import {createTheme} from '../../source/ui/theme.js';
import {detailLines} from '../../source/ui/watch/object-details.js';
import {objectRows} from '../../source/ui/watch/object-rows.js';
import {countOf, type WatchWorld, watchWorldOf} from './support/watch-world.js';

const typesOf = (events: readonly RunEvent[]) => new Set(events.map(({type}) => type));
const expired = new ProblemError(
	fixable('expired-credentials', 'Cannot go on: the session has expired', 'ExpiredToken.', [
		'Sign in again.',
	]),
);
const refused = new ProblemError(fixable('not-allowed', 'Cannot PutObject', 'AccessDenied.', ['Let it.']));

describe('several destinations', () => {
	test('each have their own figures, and a file is replicated when it is at all of them', async () => {
		const world = await watchWorldOf({destinationCount: 2});
		const {store, events} = await world.run({files: 5});

		expect(store.objectCounts()).toEqual({uploaded: 5, replicated: 5, failed: 0, pending: 0});
		expect(store.destinations().map(({replicated, delays}) => [replicated, delays.count])).toEqual([
			[5, 5],
			[5, 5],
		]);
		expect(countOf(events, 'object-replicated')).toBe(10);
	});

	test('may differ: what reaches one and not the other has failed there', async () => {
		const world = await watchWorldOf({destinationCount: 2, deniedDestination: 1});
		const {store, events} = await world.run({files: 3});

		expect(store.objectCounts()).toEqual({uploaded: 3, replicated: 0, failed: 3, pending: 0});
		expect(store.destinations().map(({replicated, failed}) => [replicated, failed])).toEqual([
			[3, 0],
			[0, 3],
		]);
		expect(events.flatMap((event) => (event.type === 'object-failed' ? [event.destination] : []))).toEqual(
			Array.from({length: 3}, () => world.destinations[1]),
		);
	});

	test('of which one is out of sight are replicated when the source says so', async () => {
		const world = await watchWorldOf({destinationCount: 2});
		const {store, events} = await world.run({files: 3, sees: (bucket) => bucket === world.destinations[0]});

		expect(store.objectCounts().replicated).toBe(3);
		expect(store.destinations().map(({isObserved, replicated}) => [isObserved, replicated])).toEqual([
			[true, 3],
			[false, 3],
		]);
		expect(store.notes).toHaveLength(1);
		expect(
			events.filter((event) => event.type === 'object-replicated' && event.destination === null),
		).toHaveLength(3);
	});
});

test('where no destination can be seen the source alone is asked, and says so', async () => {
	const world = await watchWorldOf();
	const {store, requests} = await world.run({files: 4, sees: () => false});

	expect(store.objectCounts().replicated).toBe(4);
	expect(requests.ListObjectVersions).toBeUndefined();
	expect(store.notes.join()).toContain('Only the source');
});

test('a failed file ends as failed, the rest goes on, and it can be sent again', async () => {
	const world = await watchWorldOf({missing: ['s3:ReplicateObject']});
	let isResent = false;
	const {store, events} = await world.run({
		files: 2,
		onEvent(event, control) {
			if (isResent || event.type !== 'object-failed' || event.versionId === null) return;
			isResent = true;
			control.resend([{key: event.key, versionId: event.versionId, sizeBytes: 10}]);
		},
	});

	expect(store.objectCounts()).toEqual({uploaded: 2, replicated: 0, failed: 2, pending: 0});
	expect(countOf(events, 'object-resent')).toBe(1);
	expect(countOf(events, 'object-failed')).toBe(3);
	const {rows} = store.rows({offset: 0, limit: 9}, 0);
	expect(rows.map(({resends}) => resends).toSorted()).toEqual([0, 1]);
	expect(store.destinations()).toMatchObject([{failed: 2, replicated: 0}]);
});

test('every version of a file is noted, those that were sent again too, and each carries the mark of its key', async () => {
	const world = await watchWorldOf({missing: ['s3:ReplicateObject']});
	const noted: string[] = [];
	let begun = 0;
	await world.run({
		files: 2,
		changedAt: world.clock.now(),
		uploadNotes: {
			beginning() {
				begun++;
			},
			uploaded(key, versionId, isOnlyOne) {
				expect(isOnlyOne).toBe(true);
				noted.push(`${key} ${versionId}`);
			},
		},
	});

	const {Versions = []} = await world.one.source.send(
		new ListObjectVersionsCommand({Bucket: world.source, Prefix: 'test/'}),
	);
	expect(Versions).toHaveLength(8);
	expect(begun).toBe(8);
	expect(noted.toSorted()).toEqual(Versions.map(({Key, VersionId}) => `${Key} ${VersionId}`).toSorted());
	for (const {Key = '', VersionId} of Versions) {
		const {Metadata = {}} = await world.one.source.send(
			new HeadObjectCommand({Bucket: world.source, Key, VersionId}),
		);
		expect(hasTestFileMark(Key, Metadata)).toBe(true);
	}
});

test('a file that fails soon after a change is sent again by itself, three times at most', async () => {
	const world = await watchWorldOf({missing: ['s3:ReplicateObject']});
	const {store, events} = await world.run({files: 1, changedAt: world.clock.now()});

	expect(countOf(events, 'object-resent')).toBe(3);
	expect(store.object('test/00001.txt', 0)).toMatchObject({state: 'failed', resends: 3});
});

test('a file that is sent again by itself counts as failed until then, and says when that is', async () => {
	const world = await watchWorldOf({missing: ['s3:ReplicateObject']});
	const {events} = await world.run({files: 1, changedAt: world.clock.now()});
	const told = events.flatMap((event) => (event.type === 'object-failed' ? [event.sendingAgain] : []));

	expect(told).toEqual([
		{number: 1, of: 3, delayMs: 1000},
		{number: 2, of: 3, delayMs: 2000},
		{number: 3, of: 3, delayMs: 4000},
		undefined,
	]);
});

test('a person who sends a file again takes it from those that are sent by themselves', async () => {
	const world = await watchWorldOf({missing: ['s3:ReplicateObject']});
	let isResent = false;
	const {events} = await world.run({
		files: 1,
		changedAt: world.clock.now(),
		onEvent(event, control) {
			if (isResent || event.type !== 'object-failed' || event.versionId === null) return;
			isResent = true;
			control.resend([{key: event.key, versionId: event.versionId, sizeBytes: 10}]);
		},
	});
	const replaced = events.flatMap((event) => (event.type === 'object-resent' ? [event.replaces] : []));
	expect(replaced).toHaveLength(3);
	expect(new Set(replaced).size).toBe(3);
});

test('pending is no error: it becomes slow, and the time limit ends the watch', async () => {
	const world = await watchWorldOf({replicationDelayMs: 100_000_000});
	const {store, events, error} = await world.run({files: 1, timeoutMs: 600_000});

	expect(error).toBeUndefined();
	expect(typesOf(events)).not.toContain('object-failed');
	expect(store.counts(world.clock.now()).objects).toMatchObject({slow: 1, pending: 0});
	expect(store.objectCounts()).toMatchObject({pending: 1, failed: 0});
});

test('what the source calls completed and nobody sees is told as unseen', async () => {
	const world = await watchWorldOf();
	const {store, events} = await world.run({
		files: 1,
		timeoutMs: 60_000,
		wrap: (objects, bucket) => ({
			...objects,
			async listVersions(...given) {
				const page = await objects.listVersions(...given);
				return bucket === world.source ? page : {versions: [], markers: []};
			},
		}),
	});

	expect(countOf(events, 'object-unseen')).toBe(1);
	expect(store.object('test/00001.txt', 0)?.state).toBe('unseen');
	expect(store.objectCounts()).toMatchObject({pending: 1, failed: 0});
});

test('a version that somebody deletes on its way is let go', async () => {
	const world = await watchWorldOf({replicationDelayMs: 600_000});
	const {store, events} = await world.run({
		files: 1,
		onEvent(event) {
			if (event.type !== 'object-uploaded') return;
			const end = world.clock.begin();
			const {key: Key, versionId: VersionId} = event;
			void world.one.source
				.send(new DeleteObjectCommand({Bucket: world.source, Key, VersionId}))
				.finally(end);
		},
	});

	expect(countOf(events, 'object-deleted-at-source')).toBe(1);
	expect(store.object('test/00001.txt', 0)?.state).toBe('deletedAtSource');
});

test('a file that somebody overwrites is followed all the same', async () => {
	const world = await watchWorldOf();
	const {store} = await world.run({
		files: 1,
		onEvent(event) {
			if (event.type !== 'object-uploaded') return;
			const end = world.clock.begin();
			void world.one.source
				.send(new PutObjectCommand({Bucket: world.source, Key: event.key, Body: 'other'}))
				.finally(end);
		},
	});

	expect(store.objectCounts()).toEqual({uploaded: 1, replicated: 1, failed: 0, pending: 0});
});

describe('others’ files', () => {
	/** Follows what others write below a prefix: they write some files as soon as it is looked for. */
	async function followed(world: WatchWorld) {
		const keys = ['theirs/one', 'theirs/two', 'elsewhere/three'];
		let isWritten = false;
		return world.run({
			others: {prefix: 'theirs/', isLimited: false},
			followMs: 20_000,
			wrap: (objects, bucket) => ({
				...objects,
				async listVersions(...given) {
					const page = await objects.listVersions(...given);
					if (bucket !== world.source || isWritten) return page;
					isWritten = true;
					for (const Key of keys)
						await world.one.source.send(new PutObjectCommand({Bucket: world.source, Key, Body: 'x'}));
					return page;
				},
			}),
		});
	}

	test('are followed from when they are first seen', async () => {
		const {store, events} = await followed(await watchWorldOf());

		expect(store.objectCounts()).toMatchObject({uploaded: 0});
		expect(store.objectCounts(true)).toEqual({uploaded: 2, replicated: 2, failed: 0, pending: 0});
		expect(countOf(events, 'object-uploaded')).toBe(2);
	});

	test('that are deleted leave markers: each has a row that says what becomes of it at the destination', async () => {
		const world = await watchWorldOf();
		const Bucket = world.source;
		const [destination = ''] = world.destinations;
		const {ReplicationConfiguration} = await world.one.source.send(new GetBucketReplicationCommand({Bucket}));
		const rule = {
			...{Status: 'Enabled', Priority: 1, Filter: {Prefix: 'theirs/'}},
			...{DeleteMarkerReplication: {Status: 'Enabled'}, Destination: {Bucket: `arn:aws:s3:::${destination}`}},
		} as const satisfies ReplicationRule;
		await world.one.source.send(
			new PutBucketReplicationCommand({
				Bucket,
				ReplicationConfiguration: {Role: ReplicationConfiguration?.Role, Rules: [rule]},
			}),
		);
		const keys = ['theirs/one', 'theirs-not/two'];
		for (const Key of keys) await world.one.source.send(new PutObjectCommand({Bucket, Key, Body: 'x'}));
		let isDeleted = false;

		const {store, events} = await world.run({
			others: {prefix: 'theirs', isLimited: false, rules: [rule]},
			followMs: 20_000,
			wrap: (objects, bucket) => ({
				...objects,
				async listVersions(...given) {
					const page = await objects.listVersions(...given);
					if (bucket !== world.source || isDeleted) return page;
					isDeleted = true;
					for (const Key of keys) await world.one.source.send(new DeleteObjectCommand({Bucket, Key}));
					return page;
				},
			}),
		});

		expect(events.filter(({type}) => type === 'delete-marker-found')).toMatchObject([
			{key: 'theirs-not/two', destinations: []},
			{key: 'theirs/one', destinations: [destination]},
		]);
		expect(events.filter(({type}) => type === 'delete-marker-replicated')).toMatchObject([
			{key: 'theirs/one', destination},
		]);
		// They are no files: nothing waits for them, and no figure counts them.
		expect(store.objectCounts(true)).toEqual({uploaded: 0, replicated: 0, failed: 0, pending: 0});
		const {rows: objects} = store.rows({sort: 'key', offset: 0, limit: 9}, 0);
		const {glyphs} = createTheme({hasColour: false, hasUnicode: true});
		const drawn = (lines: ReadonlyArray<ReadonlyArray<{readonly text: string}>>) =>
			lines.map((line) =>
				line
					.map(({text}) => text)
					.join('')
					.replaceAll(/ +/g, ' '),
			);
		const list = {focusedIndex: -1, destinationCount: 1, nowMs: 0, glyphs, width: 80};
		expect(drawn(objectRows({...list, objects})).slice(1)).toEqual([
			expect.stringMatching(/theirs-not\/two marker .* – deleted not replicated by rules ?$/),
			expect.stringMatching(/theirs\/one marker .* – deleted ✓ marker [0-9.]+ m?s −/),
		]);
		const detailsOf = (object: WatchedObject | undefined) =>
			drawn(detailLines(store.object(object?.id ?? '', 0) as ObjectDetails, store.ends, glyphs, 76)).join(
				'\n',
			);
		expect(detailsOf(objects[0])).toContain('– stays: no rule replicates the delete marker');
		expect(detailsOf(objects[1])).toContain(`seen in ${destination}`);
	});

	test('that no rule takes are let go, and that is said once', async () => {
		const world = await watchWorldOf();
		const Bucket = world.source;
		const {ReplicationConfiguration} = await world.one.source.send(new GetBucketReplicationCommand({Bucket}));
		const Rules = ReplicationConfiguration?.Rules?.map((rule) => ({...rule, Filter: {Prefix: 'theirs/o'}}));
		await world.one.source.send(
			new PutBucketReplicationCommand({
				Bucket,
				ReplicationConfiguration: {Role: ReplicationConfiguration?.Role, Rules},
			}),
		);

		const {store, events} = await followed(world);

		expect(store.objectCounts(true)).toEqual({uploaded: 1, replicated: 1, failed: 0, pending: 0});
		expect(events.filter(({type}) => type === 'object-unmatched')).toMatchObject([{key: 'theirs/two'}]);
	});
});

test('a destination that is deleted ends nothing: what comes later fails', async () => {
	const world = await watchWorldOf();
	let isGone = false;
	const {store, events, error} = await world.run({
		files: 3,
		ratePerSecond: 0.1,
		onEvent(event) {
			if (event.type !== 'object-replicated' || isGone) return;
			isGone = true;
			const end = world.clock.begin();
			const Bucket = world.destinations[0];
			const there = world.one.s3('source', 'us-west-2');
			const {key: Key, versionId: VersionId} = event;
			void there
				.send(new DeleteObjectCommand({Bucket, Key, VersionId}))
				.then(async () => there.send(new DeleteBucketCommand({Bucket})))
				.finally(end);
		},
	});

	expect(error).toBeUndefined();
	expect(store.objectCounts()).toMatchObject({replicated: 1, failed: 2, pending: 0});
	expect(countOf(events, 'request-failed')).toBeGreaterThan(0);
});

test('a destination that may not be listed is left to the source’s word', async () => {
	const world = await watchWorldOf();
	const {store, events} = await world.run({
		files: 3,
		wrap: (objects, bucket) => ({
			...objects,
			async listVersions(...given) {
				if (bucket === world.source) return objects.listVersions(...given);
				throw refused;
			},
		}),
	});

	expect(countOf(events, 'destination-lost')).toBe(1);
	expect(store.objectCounts().replicated).toBe(3);
});

test('a source whose status may not be asked is left to the arrivals', async () => {
	const world = await watchWorldOf();
	const {store, events, error} = await world.run({
		files: 3,
		wrap: (objects) => ({
			...objects,
			async headVersion() {
				throw refused;
			},
		}),
	});

	expect(error).toBeUndefined();
	expect(countOf(events, 'status-lost')).toBe(1);
	expect(store.objectCounts().replicated).toBe(3);
});

describe('an upload that is refused', () => {
	const refusing = (world: WatchWorld, refuses: (key: string) => boolean) =>
		world.run({
			files: 100,
			wrap: (objects) => ({
				...objects,
				async put(reference, object, signal) {
					if (refuses(object.key)) throw refused;
					return objects.put(reference, object, signal);
				},
			}),
		});

	test('is a failed file, and the others go on', async () => {
		const world = await watchWorldOf();
		const {store, error} = await refusing(world, (key) => key.endsWith('/00007.txt'));

		expect(error).toBeUndefined();
		expect(store.objectCounts()).toEqual({uploaded: 99, replicated: 99, failed: 1, pending: 0});
		expect(store.object('test/00007.txt', 0)).toMatchObject({
			state: 'failed',
			problem: {code: 'not-allowed'},
		});
	});

	test('again and again is not tried for ever', async () => {
		const world = await watchWorldOf();
		const {store, error} = await refusing(world, () => true);

		expect(error).toBeUndefined();
		// Those under way are refused as well.
		expect(store.objectCounts().failed).toBeGreaterThanOrEqual(25);
		expect(store.objectCounts().failed).toBeLessThan(100);
		expect(store.counts(0).total).toBe(store.objectCounts().failed);
	});
});

test('throttled requests are made again, ever more slowly, and nothing is lost', async () => {
	const world = await watchWorldOf();
	const denials = new Map<string, number>();
	const slowDown = new ProblemError(fixable('throttled', 'Cannot go on: slow down', 'SlowDown.', ['Wait.']));
	const {store, events, error} = await world.run({
		files: 20,
		wrap: (objects, bucket) => ({
			...objects,
			async listVersions(...given) {
				const count = (denials.get(bucket) ?? 0) + 1;
				denials.set(bucket, count);
				if (count <= 3) throw slowDown;
				return objects.listVersions(...given);
			},
			async put(reference, object, signal) {
				if (!denials.has(object.key)) {
					denials.set(object.key, 1);
					throw slowDown;
				}

				return objects.put(reference, object, signal);
			},
		}),
	});

	expect(error).toBeUndefined();
	expect(store.objectCounts()).toMatchObject({replicated: 20, failed: 0});
	const delays = events.flatMap((event) =>
		event.type === 'request-failed' && event.bucket === world.destinations[0] ? [event.delayMs] : [],
	);
	expect(delays).toEqual([1000, 2000, 4000]);
	expect(countOf(events, 'requests-recovered')).toBe(2);
	expect(store.troubles).toEqual([]);
});

describe('credentials that expire half-way', () => {
	test('stop the uploads, are told once, and are read anew until they work', async () => {
		const world = await watchWorldOf();
		let isExpired = false;
		let renewals = 0;
		const {store, events, error} = await world.run({
			files: 40,
			renewCredentials() {
				renewals++;
				if (renewals >= 5) isExpired = false;
			},
			onEvent(event) {
				if (event.type === 'object-uploaded' && event.key.endsWith('20.txt')) isExpired = true;
			},
			wrap: (objects) => ({
				...objects,
				async put(...given) {
					if (isExpired) throw expired;
					return objects.put(...given);
				},
			}),
		});

		expect(error).toBeUndefined();
		expect(store.objectCounts()).toMatchObject({uploaded: 40, replicated: 40, failed: 0});
		const told = events.flatMap((event) => (event.type === 'request-failed' ? [event.isFirst] : []));
		expect(told.filter(Boolean)).toHaveLength(1);
	});

	test('end the watch when nobody renews them', async () => {
		const world = await watchWorldOf();
		const {error} = await world.run({
			files: 1,
			wrap: (objects) => ({
				...objects,
				async put() {
					throw expired;
				},
			}),
		});

		expect(error).toBe(expired);
	});
});

describe('time that is not what it seems', () => {
	test.each([
		['back', -3_600_000],
		['forward', 3_600_000],
	])(
		'is noticed when the clock is set %s: no delay is negative, and no figure is spoilt',
		async (_how, byMs) => {
			const world = await watchWorldOf({replicationDelayMs: 20_000});
			let isSet = false;
			const {store, events} = await world.run({
				files: 3,
				onEvent(event) {
					if (event.type !== 'status-seen' || isSet) return;
					isSet = true;
					world.clock.jump(byMs);
				},
			});

			expect(store.objectCounts().replicated).toBe(3);
			const delays = events.flatMap((event) => (event.type === 'object-replicated' ? [event] : []));
			expect(delays.map(({wasInterrupted}) => wasInterrupted)).toEqual([true, true, true]);
			expect(delays.every(({delayMs, uncertaintyMs}) => delayMs >= 0 && uncertaintyMs <= delayMs)).toBe(true);
			expect(store.delays.count).toBe(0);
		},
	);

	test('stands still in a pause: nothing is sent or looked for, and the delays are left out', async () => {
		const world = await watchWorldOf();
		let requestsInPause = -1;
		const {store, events} = await world.run({
			files: 3,
			ratePerSecond: 1,
			timeoutMs: 60_000,
			onEvent(event, control) {
				if (event.type === 'object-uploaded' && event.key.endsWith('2.txt')) {
					control.setPaused(true);
					void world.clock.wait(3_000).then(async () => {
						const before = world.one.sandbox.requests.length;
						await world.clock.wait(600_000);
						requestsInPause = world.one.sandbox.requests.length - before;
						control.setPaused(false);
					});
				}
			},
		});

		expect(requestsInPause).toBe(0);
		expect(countOf(events, 'watch-paused')).toBe(1);
		expect(countOf(events, 'watch-resumed')).toBe(1);
		expect(store.objectCounts()).toMatchObject({uploaded: 3, replicated: 3});
		expect(store.delays.maxMs).toBeLessThan(60_000);
	});
});

test('a watch goes on with what an earlier one left, and with its numbers', async () => {
	const world = await watchWorldOf();
	const {VersionId: versionId = ''} = await world.one.source.send(
		new PutObjectCommand({Bucket: world.source, Key: 'test/00001.txt', Body: 'x'}),
	);
	const before = {key: 'test/00001.txt', versionId, sizeBytes: 1, isOurs: true, resends: 0, arrivedAt: []};
	const {events} = await world.run({
		files: 1,
		sentBefore: 1,
		openObjects: [{...before, uploadedAt: world.clock.now()}],
	});

	expect(
		events.flatMap((event) => (event.type === 'object-replicated' ? [event.key] : [])).toSorted(),
	).toEqual(['test/00001.txt', 'test/00002.txt']);
});

test('files at a rate are sent one after the other', async () => {
	const world = await watchWorldOf();
	const {events} = await world.run({files: 5, ratePerSecond: 2});

	const times = events.flatMap((event) => (event.type === 'upload-started' ? [event.at] : []));
	expect(times.map((at) => at - (times[0] ?? 0))).toEqual([0, 500, 1000, 1500, 2000]);
});

test('test files carry the tags that the rules ask for', async () => {
	const world = await watchWorldOf();
	const sent: unknown[] = [];
	await world.run({
		files: 1,
		tags: {team: 'a b', stage: 'x&y'},
		wrap: (objects) => ({
			...objects,
			async put(reference, object, signal) {
				sent.push(object.tags);
				return objects.put(reference, object, signal);
			},
		}),
	});
	expect(sent).toEqual([{team: 'a b', stage: 'x&y'}]);
});
