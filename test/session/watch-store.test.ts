import {describe, expect, test} from 'vitest';
import {openSettledFile} from '../../source/commands/files/settled-file.js';
import type {RunEvent} from '../../source/domain/event.js';
import {fixable} from '../../source/domain/problem.js';
import {runEnd} from '../../source/session/actions/run-end.js';
import type {SessionState} from '../../source/session/state/session-state.js';
import {createWatchStore, type WatchStore} from '../../source/session/watch/watch-store.js';
import type {RowQuery} from '../../source/session/watch/watch-view.js';

const problem = fixable('code', 'Cannot', 'Because.', ['Do this.']);

function watching(...destinations: readonly string[]): RunEvent {
	return {
		type: 'watch-started',
		sourceBucket: 's',
		sourceRegion: 'us-east-1',
		sourceProfile: 'p',
		destinations: destinations.map((bucket) => ({bucket, region: 'us-west-2'})),
	};
}

const started = (key: string): RunEvent => ({type: 'upload-started', key, sizeBytes: 9});
const uploaded = (key: string, versionId = 'v1', isOurs = true): RunEvent => ({
	type: 'object-uploaded',
	key,
	versionId,
	sizeBytes: 9,
	isOurs,
});
const resent = (key: string, versionId: string, replaces: string): RunEvent => ({
	type: 'object-resent',
	key,
	versionId,
	replaces,
	sizeBytes: 9,
});
const replicated = (
	key: string,
	destination: string | null = 'd',
	delayMs = 1500,
	versionId = 'v1',
): RunEvent => ({type: 'object-replicated', key, versionId, destination, delayMs, uncertaintyMs: 250});
const failed = (key: string, versionId: string | null = 'v1'): RunEvent => ({
	type: 'object-failed',
	key,
	versionId,
	destination: null,
	problem,
});
const status = (
	key: string,
	said: 'PENDING' | 'COMPLETED' | 'FAILED' | null,
	versionId = 'v1',
): RunEvent => ({
	type: 'status-seen',
	key,
	versionId,
	status: said,
});
const unseen = (key: string): RunEvent => ({type: 'object-unseen', key, versionId: 'v1', destination: 'd'});

/** A store that has taken in events, one second from one to the next; the first comes at 1000. */
function after(...events: readonly RunEvent[]): WatchStore {
	return more(createWatchStore(), 0, ...events);
}

function more(store: WatchStore, from: number, ...events: readonly RunEvent[]): WatchStore {
	for (const [index, event] of events.entries()) store.fold({...event, at: from + (index + 1) * 1000});
	return store;
}

const stateOf = (store: WatchStore, key = 'k', nowMs = 10_000) => store.object(key, nowMs)?.state;
const keysOf = (store: WatchStore, query: Partial<RowQuery> = {}, nowMs = 10_000) =>
	store.rows({offset: 0, limit: 100, ...query}, nowMs).rows.map(({key}) => key);

describe('a file', () => {
	test('is uploading, pending, and replicated when it is at its destination', () => {
		const store = after(watching('d'), started('k'));
		expect(store.object('k', 3000)).toMatchObject({state: 'uploading', isOurs: true, startedAt: 2000});
		expect(store.objectCounts().uploaded).toBe(0);
		more(store, 2000, uploaded('k'));
		expect(store.object('k', 3000)).toMatchObject({state: 'pending', versionId: 'v1', uploadedAt: 3000});
		more(store, 3000, replicated('k'));
		expect(store.object('k', 4000)).toMatchObject({
			state: 'replicated',
			arrivals: {d: {delayMs: 1500, uncertaintyMs: 250}},
		});
		expect(store.objectCounts()).toEqual({uploaded: 1, replicated: 1, failed: 0, pending: 0});
		expect(store.delays.figures()).toEqual({p50: 1500, p95: 1500, p99: 1500, max: 1500});
	});

	test('is replicated only when it is at every destination', () => {
		const store = after(watching('d', 'e'), started('k'), uploaded('k'), replicated('k', 'd', 1000));
		expect(stateOf(store)).toBe('pending');
		expect(store.destinations()).toMatchObject([
			{bucket: 'd', replicated: 1, pending: 0, replicatedBytes: 9},
			{bucket: 'e', replicated: 0, pending: 1},
		]);
		more(store, 5000, replicated('k', 'e', 3000));
		expect(stateOf(store)).toBe('replicated');
		expect(store.destinations().map(({delays}) => delays.maxMs)).toEqual([1000, 3000]);
		expect(store.delays.maxMs).toBe(3000);
	});

	test('of the way back goes to the source alone, one of the way there to all others', () => {
		const both = {...watching('home', 'e', 's'), homes: ['home']} as RunEvent;
		const backwards = [started('b'), uploaded('b'), replicated('b', 's')].map(
			(event): RunEvent => ({...event, direction: 'back', from: 'home'}) as RunEvent,
		);
		const store = after(both, ...backwards, started('k'), uploaded('k'), replicated('k', 'home'));
		expect([stateOf(store, 'b'), stateOf(store)]).toEqual(['replicated', 'pending']);
		more(store, 8000, replicated('k', 'e'));
		expect(stateOf(store)).toBe('replicated');
		expect(store.destinations().map((one) => [one.bucket, one.replicated, one.pending])).toEqual([
			['home', 1, 0],
			['e', 1, 0],
			['s', 1, 0],
		]);
	});

	test('is replicated by the source’s word where nothing else can be seen', () => {
		const blind = {...watching(), destinations: [{bucket: 'd'}]} as RunEvent;
		const store = after(blind, started('k'), uploaded('k'), replicated('k', null));
		expect(stateOf(store)).toBe('replicated');
		expect(store.destinations()).toMatchObject([{isObserved: false, replicated: 1}]);
	});

	test('of two destinations, one of them out of sight, is replicated when the source says so as well', () => {
		const half = {
			...watching(),
			destinations: [{bucket: 'd', region: 'us-west-2'}, {bucket: 'e'}],
		} as RunEvent;
		const store = after(half, started('k'), uploaded('k'), replicated('k', 'd'));
		expect(stateOf(store)).toBe('pending');
		more(store, 5000, replicated('k', null));
		expect(stateOf(store)).toBe('replicated');
	});

	test('becomes slow with time, and replicated all the same', () => {
		const store = after(watching('d'), started('k'), uploaded('k'));
		expect(stateOf(store, 'k', 3000 + 120_000)).toBe('pending');
		expect(stateOf(store, 'k', 3000 + 120_001)).toBe('slow');
		expect(store.counts(200_000)).toMatchObject({
			objects: {slow: 1, pending: 0},
			bytes: {slow: 9, pending: 0},
			total: 1,
		});
		expect(store.objectCounts().pending).toBe(1);
		more(store, 200_000, replicated('k', 'd', 198_000));
		expect(stateOf(store, 'k', 300_000)).toBe('replicated');
	});

	test('is slow later where many take long', () => {
		const store = after(watching('d'), started('k'), uploaded('k'), replicated('k', 'd', 600_000));
		more(store, 10_000, started('l'), uploaded('l'));
		expect(store.slowAfterMs()).toBe(600_000);
		expect(stateOf(store, 'l', 500_000)).toBe('pending');
		expect(stateOf(store, 'l', 700_000)).toBe('slow');
	});

	test('is unseen when the source says it is there and it is not, until it is', () => {
		const store = after(watching('d'), started('k'), uploaded('k'), status('k', 'COMPLETED'), unseen('k'));
		expect(stateOf(store)).toBe('unseen');
		expect(store.objectCounts()).toMatchObject({pending: 1, failed: 0});
		more(store, 9000, replicated('k'));
		expect(stateOf(store)).toBe('replicated');
	});

	test('that failed and was sent again is pending, counted once, by its newest version', () => {
		const store = after(
			watching('d'),
			started('k'),
			uploaded('k'),
			failed('k'),
			resent('k', 'v2', 'v1'),
			resent('k', 'v3', 'v2'),
		);
		expect(store.object('k', 9000)).toMatchObject({state: 'pending', versionId: 'v3', resends: 2});
		expect(store.object('k', 9000)?.problem).toBeUndefined();
		expect(store.objectCounts()).toEqual({uploaded: 1, replicated: 0, failed: 0, pending: 1});
		expect(store.destinations()).toMatchObject([{failed: 0, pending: 1}]);
	});

	test('that is sent again by itself is failed until then', () => {
		const again = (number: number) => ({sendingAgain: {number, of: 3, delayMs: 12_000}});
		const store = after(
			watching('d'),
			...[started('k'), uploaded('k'), started('l'), uploaded('l')],
			{...failed('k'), ...again(2)},
			{...failed('l'), ...again(1)},
		);
		expect(store.objectCounts()).toMatchObject({failed: 2, pending: 0});
		expect(store.resending()).toEqual({count: 2, nextAt: 18_000, number: 2, of: 3});
		more(store, 18_000, resent('k', 'v2', 'v1'), resent('l', 'v2', 'v1'));
		expect(store.objectCounts()).toMatchObject({failed: 0, pending: 2});
		expect(store.resending()).toBeUndefined();
	});

	test('that could not be uploaded has failed, and was not uploaded', () => {
		const store = after(watching('d'), started('k'), failed('k', null));
		expect(store.object('k', 9000)).toMatchObject({state: 'failed', problem});
		expect(store.objectCounts()).toEqual({uploaded: 0, replicated: 0, failed: 1, pending: 0});
		more(store, 9000, started('k'), uploaded('k'));
		expect(store.objectCounts()).toEqual({uploaded: 1, replicated: 0, failed: 0, pending: 1});
	});

	test('that somebody deleted on its way is no longer waited for', () => {
		const store = after(watching('d'), started('k'), uploaded('k'), {
			type: 'object-deleted-at-source',
			key: 'k',
			versionId: 'v1',
		});
		expect(stateOf(store)).toBe('deletedAtSource');
		expect(store.objectCounts().uploaded).toBe(0);
		expect(store.isAnyOpen).toBe(false);
	});

	test.each<readonly [string, RunEvent]>([
		['a failure', failed('k')],
		['an arrival', replicated('k')],
		['a status', status('k', 'FAILED')],
		['a deletion', {type: 'object-deleted-at-source', key: 'k', versionId: 'v1'}],
		['being out of sight', unseen('k')],
	])('is not touched by %s of an older version', (_what, event) => {
		const store = after(watching('d'), started('k'), uploaded('k'), failed('k'), resent('k', 'v2', 'v1'));
		const before = store.object('k', 9000);
		const {revision} = store;
		more(store, 9000, event);
		expect(store.object('k', 9000)).toEqual(before);
		expect(store.revision).toBe(revision);
	});

	test.each<readonly [string, RunEvent]>([
		['sent again', resent('k', 'v2', 'v1')],
		['arrived', replicated('k')],
		['failed', failed('k')],
	])('that nobody knows and that has %s changes nothing', (_what, event) => {
		const store = after(watching('d'), event);
		expect(store.counts(9000).total).toBe(0);
	});

	test('of somebody else counts only where that is asked for, and not at all where no rule takes it', () => {
		const store = after(watching('d'), uploaded('k', 'v1', false));
		expect(store.objectCounts().uploaded).toBe(0);
		expect(store.objectCounts(true)).toMatchObject({uploaded: 1, pending: 1});
		expect(store.counts(9000)).toMatchObject({total: 1, others: 1});
		more(store, 9000, {type: 'object-unmatched', key: 'k', versionId: 'v1'});
		expect(stateOf(store)).toBe('unmatched');
		expect(store.objectCounts(true).uploaded).toBe(0);
	});

	test('that was sent again has a timeline of all its versions', () => {
		const store = after(watching('d'), started('k'), uploaded('k'), failed('k'), resent('k', 'v2', 'v1'));
		more(store, 9000, replicated('k', 'd', 700, 'v2'));
		expect(store.object('k', 20_000)?.timeline.map(({at, what}) => [at, what])).toEqual([
			[2000, 'upload-started'],
			[3000, 'uploaded'],
			[4000, 'failed'],
			[5000, 'resent'],
			[10_000, 'arrived'],
		]);
	});

	test('has a timeline in which the same answer stands once', () => {
		const store = after(
			watching('d'),
			started('k'),
			uploaded('k'),
			status('k', 'PENDING'),
			status('k', 'PENDING'),
			replicated('k'),
			status('k', 'COMPLETED'),
		);
		expect(store.object('k', 9000)?.timeline).toEqual([
			{at: 2000, what: 'upload-started'},
			{at: 3000, what: 'uploaded', versionId: 'v1'},
			{at: 4000, what: 'asked', status: 'PENDING', lastAt: 5000, times: 2},
			{at: 6000, what: 'arrived', destination: 'd', delayMs: 1500, uncertaintyMs: 250},
			{at: 7000, what: 'asked', status: 'COMPLETED', lastAt: 7000, times: 1},
		]);
	});
});

describe('the list', () => {
	const mixed = (): WatchStore => {
		const store = createWatchStore();
		more(store, 0, watching('d'), started('slow'), uploaded('slow'));
		more(store, 300_000, started('failed'), uploaded('failed'), failed('failed'));
		more(store, 310_000, started('unseen'), uploaded('unseen'), unseen('unseen'));
		more(store, 320_000, started('done'), uploaded('done'), replicated('done'));
		more(store, 330_000, started('older'), uploaded('older'), started('younger'), uploaded('younger'));
		return more(store, 340_000, started('sending'));
	};
	const nowMs = 350_000;

	test('has what needs a look first, and what is done last', () => {
		expect(keysOf(mixed(), {}, nowMs)).toEqual([
			'failed',
			'unseen',
			'slow',
			'sending',
			'younger',
			'older',
			'done',
		]);
	});

	test.each([
		['newest', ['sending', 'younger', 'older', 'done', 'unseen', 'failed', 'slow']],
		['slowest', ['slow', 'unseen', 'older', 'younger', 'done', 'sending', 'failed']],
		['key', ['done', 'failed', 'older', 'sending', 'slow', 'unseen', 'younger']],
	] as const)('can be sorted by %s', (sort, keys) => {
		expect(keysOf(mixed(), {sort}, nowMs)).toEqual(keys);
	});

	test.each([
		['a part of a key, in any case', {filter: 'OLD'}, ['older'], 1],
		['a state', {filter: 'pend'}, ['younger', 'older'], 2],
		['the failed alone', {onlyFailed: true}, ['failed'], 1],
		['nothing', {filter: 'nowhere'}, [], 0],
	] as const)('can be narrowed to %s', (_what, query, keys, total) => {
		const store = mixed();
		expect(keysOf(store, query, nowMs)).toEqual(keys);
		expect(store.rows({offset: 0, limit: 5, ...query}, nowMs).total).toBe(total);
	});

	test.each(['a.b', 'a(b', 'a[b', 'a\\b', 'a|b'])('takes a filter as it is: %s', (filter) => {
		const store = after(watching('d'), started(`x/${filter}`), started('x/ab'));
		expect(keysOf(store, {filter})).toEqual([`x/${filter}`]);
	});

	test('gives a window, and how much there is', () => {
		const {rows, total} = mixed().rows({offset: 2, limit: 2}, nowMs);
		expect(rows.map(({key}) => key)).toEqual(['slow', 'sending']);
		expect(total).toBe(7);
	});

	test('gives the same value for a row that has not changed', () => {
		const store = mixed();
		const rowsOf = () => store.rows({offset: 0, limit: 9}, nowMs).rows;
		const before = rowsOf();
		more(store, nowMs, replicated('older'));
		expect(rowsOf().filter((row) => before.includes(row))).toHaveLength(6);
	});
});

describe('the store', () => {
	test('keeps the open, the failed and the last settled ones, and counts all of them', async () => {
		const lines: string[] = [];
		const store = createWatchStore({
			settledInMemory: 10,
			openSettledFile: () => ({
				append: (line) => lines.push(line),

				async *lines() {
					yield* lines;
				},
				lostCount: 0,
				remove: () => lines.splice(0),
			}),
		});
		more(
			store,
			0,
			watching('d'),
			started('stays'),
			uploaded('stays'),
			started('f'),
			uploaded('f'),
			failed('f'),
		);
		for (let number = 0; number < 500; number++)
			more(store, 10_000, started(`k${number}`), uploaded(`k${number}`), replicated(`k${number}`));

		expect(store.rows({offset: 0, limit: 1000}, 20_000)).toMatchObject({total: 12});
		expect(lines).toHaveLength(490);
		expect(store.objectCounts()).toEqual({uploaded: 502, replicated: 500, failed: 1, pending: 1});
		expect(store.counts(20_000).total).toBe(502);
		expect(store.destinations()).toMatchObject([{replicated: 500, failed: 1, pending: 1}]);
		const keys: string[] = [];
		for await (const {key} of store.everyObject()) keys.push(key);
		expect(keys).toHaveLength(502);
		expect(new Set(keys).size).toBe(502);
		store.close();
		expect(lines).toEqual([]);
	});

	test('exports every object once, however many settle or begin anew while the export is read', async () => {
		const store = createWatchStore({
			settledInMemory: 5,
			openSettledFile: () => openSettledFile(),
		});
		const keys = Array.from({length: 60}, (_, index) => `k${index}`);
		more(store, 0, watching('d'), ...keys.flatMap((key) => [started(key), uploaded(key)]));
		more(store, 100_000, ...keys.slice(0, 20).map((key) => replicated(key)), failed('k59'));
		const seen: string[] = [];
		for await (const {key} of store.everyObject()) {
			const [next] = keys.slice(20 + seen.length);
			more(store, 200_000, replicated(next ?? ''), resent('k59', 'v2', 'v1'), started(`new${seen.length}`));
			seen.push(key);
		}

		expect(seen.toSorted()).toEqual(keys.toSorted());
		expect(store.lostCount).toBe(0);
		store.close();
	});

	test('says how many are lost to the exports when their file cannot be written', () => {
		const store = createWatchStore({
			settledInMemory: 1,
			openSettledFile() {
				throw new Error('full');
			},
		});
		more(store, 0, watching('d'), ...['a', 'b', 'c'].flatMap((key) => [uploaded(key), replicated(key)]));
		expect(store.lostCount).toBe(2);
		expect(store.objectCounts().replicated).toBe(3);
	});

	test('goes on with the same ends where it was, and begins anew with others', () => {
		const store = after(watching('d'), started('k'), uploaded('k'), started('lost'));
		more(store, 5000, watching('d'));
		expect(keysOf(store)).toEqual(['k']);
		expect(store.openObjects()).toMatchObject([{key: 'k', versionId: 'v1'}]);
		more(store, 6000, watching('e'));
		expect(keysOf(store)).toEqual([]);
		expect(store.counts(9000).total).toBe(0);
	});

	test('counts for how a run ends, whichever watch it was in: figures and verdict are of the same files', () => {
		const end = (store: WatchStore) => {
			const state = {
				run: {operations: [], endpointUrl: null, changedBefore: new Map()},
				...{answers: {environment: 'aws'}, interrupts: 0, filesWanted: 1, planning: {state: 'ready'}},
				phase: 'watched',
			} as unknown as SessionState;
			const {outcome, objects, problem} = runEnd(state, {command: 'wizard', watch: store});
			return [
				outcome,
				objects.failed + objects.pending,
				problem?.headline,
				problem?.cause,
				problem?.nextSteps[0],
			];
		};
		const other = {...watching('e'), sourceBucket: 't'} as RunEvent;
		const good = [other, uploaded('b'), replicated('b', 'e')];
		expect(end(after(watching('d'), uploaded('a'), replicated('a'), ...good))).toEqual([
			...['succeeded', 0, undefined, undefined, undefined],
		]);
		expect(end(after(watching('d'), uploaded('a'), failed('a'), ...good))).toEqual([
			...['failed', 1, 'Cannot replicate 1 of 2 test files', 'They failed in an earlier watch of s.'],
			expect.stringMatching(/s3-replicate diagnose --source-bucket s --source-profile p/),
		]);
		expect(end(after(watching('d'), uploaded('a'), ...good)).slice(0, 3)).toEqual([
			...['cancelled', 1, 'Stopped the watch: 1 of 2 files under way'],
		]);
	});

	test('looks at a destination again that an earlier watch had lost', () => {
		const lost: RunEvent = {type: 'destination-lost', bucket: 'd', problem};
		const store = after(watching('d'), uploaded('k'), lost, watching('d'));
		expect(store.destinations()).toMatchObject([{isObserved: true, pending: 1}]);
		more(store, 9000, replicated('k'));
		expect(stateOf(store)).toBe('replicated');
	});

	test('keeps the open ones in the order of their upload, also those that begin anew', () => {
		const store = after(watching('d'), uploaded('old', 'v1', false), uploaded('mid', 'v1', false));
		more(store, 200_000, uploaded('old', 'v2', false));
		expect(store.counts(201_500).objects).toMatchObject({slow: 1, pending: 1});
		expect(keysOf(store, {}, 201_500)).toEqual(['mid', 'old']);
	});

	test('tells those who look when something visible has changed, and only then', () => {
		const store = after(watching('d'), started('k'), uploaded('k'));
		let calls = 0;
		const end = store.subscribe(() => calls++);
		more(store, 9000, replicated('k'), {type: 'run-listed'} as unknown as RunEvent);
		expect(calls).toBe(1);
		// Nothing is open: others' files are looked for in silence.
		more(store, 10_000, {type: 'requests-made', put: 0, list: 1, head: 0});
		expect(calls).toBe(1);
		expect(store.requests()).toMatchObject({list: 1});
		end();
		more(store, 11_000, started('l'));
		expect(calls).toBe(1);
	});

	test('prices requests', () => {
		const store = after(watching('d'), {type: 'requests-made', put: 1000, list: 200, head: 5000});
		expect(store.requests().priceUsd).toBeCloseTo(0.005 + 0.001 + 0.002, 10);
	});

	test('counts arrivals second by second', () => {
		const store = after(watching('d'), uploaded('a'), uploaded('b'), uploaded('c'));
		for (const [key, at] of [
			['a', 10_000],
			['b', 10_900],
			['c', 12_000],
		] as const)
			store.fold({...replicated(key), at});
		const {objects, bytes} = store.arrivals(13_500);
		expect(objects).toHaveLength(60);
		expect(objects.slice(-4)).toEqual([2, 0, 1, 0]);
		expect(bytes.slice(-4)).toEqual([18, 0, 9, 0]);
		expect(store.arrivals(80_000).objects.every((count) => count === 0)).toBe(true);
	});

	test('lets the time stand still while the watch is paused', () => {
		const store = after(watching('d'), started('k'), uploaded('k'), {type: 'watch-paused'});
		expect(store.isPaused).toBe(true);
		expect(stateOf(store, 'k', 999_000)).toBe('pending');
		more(store, 999_000, {type: 'watch-resumed'});
		expect(stateOf(store, 'k', 1_000_000)).toBe('slow');
	});

	test('leaves out of the figures a delay during which nobody looked', () => {
		const interrupted = {...replicated('k', 'd', 900_000), wasInterrupted: true} as RunEvent;
		const store = after(watching('d'), uploaded('k'), interrupted);
		expect(store.delays.count).toBe(0);
		expect(store.delaysLeftOut).toBe(1);
		expect(stateOf(store)).toBe('replicated');
		expect(store.object('k', 9000)?.arrivals).toMatchObject({d: {wasInterrupted: true}});
	});

	test('says what the first file is waited for, until it has arrived', () => {
		const probe: RunEvent = {type: 'probe-waited', reason: 'one goes first', limitMs: 30_000};
		const store = after(watching('d'), probe);
		expect(store.probe).toEqual({reason: 'one goes first', until: 32_000});
		more(store, 9000, uploaded('k'), replicated('k'));
		expect(store.probe).toBeUndefined();
	});

	test('keeps trouble with each bucket until an answer comes', () => {
		const trouble = (bucket: string): RunEvent => ({
			type: 'request-failed',
			bucket,
			problem,
			delayMs: 2000,
			isFirst: true,
		});
		const store = after(watching('d'), trouble('s'), trouble('d'));
		expect(store.troubles).toEqual([
			{bucket: 's', problem, nextTryAt: 4000},
			{bucket: 'd', problem, nextTryAt: 5000},
		]);
		more(store, 9000, {type: 'requests-recovered', bucket: 's'});
		expect(store.troubles.map(({bucket}) => bucket)).toEqual(['d']);
	});

	test('takes the source’s word for a destination that is lost from sight', () => {
		const store = after(watching('d'), uploaded('k'), {type: 'destination-lost', bucket: 'd', problem});
		expect(store.destinations()).toMatchObject([{isObserved: false, pending: 1}]);
		more(store, 9000, replicated('k', null));
		expect(stateOf(store)).toBe('replicated');
		expect(store.destinations()).toMatchObject([{replicated: 1, pending: 0}]);
	});
});
