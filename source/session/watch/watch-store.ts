import {createDelayHistogram, type DelayHistogram} from '../../domain/delay-histogram.js';
import type {RunEvent, Stamped} from '../../domain/event.js';
import {pricesOf, requestPriceUsd} from '../../domain/request-price.js';
import {createArrivalMeter} from './arrival-meter.js';
import {type Entry, type EntryState, newEntry, note, snapshotOf, timelineOf} from './entry.js';
import {createLinkedList, type LinkedList} from './linked-list.js';
import {type Groups, inKeyOrder, placeOf, type RowSource, windowOf} from './rows.js';
import type {OpenSettledFile, SettledFile} from './settled-file.js';
import {newTally} from './tally.js';
import type {Arrival, Moment, ObjectState, WatchedObject} from './watched-object.js';
import type {WatchedEnds, WatchTrouble, WatchView} from './watch-view.js';

const leastSlowMs = 120_000;

/** What a watch has become, kept up to date event by event; each takes the same time however many objects there are. */
export type WatchStore = WatchView & {
	/** Takes in an event; those that are not about a watch change nothing. */
	fold(event: Stamped<RunEvent>): void;
	/** Whether a watch of these buckets goes on with what is known; otherwise everything begins anew. */
	goesOnWith(sourceBucket: string, destinations: readonly string[]): boolean;
	/** What is still to be followed when a watch goes on after a break. */
	openObjects(): readonly WatchedObject[];
	/** Every object there was: the settled ones from their file, then those in memory. */
	everyObject(): AsyncIterable<WatchedObject>;
	/** How many settled objects were lost to the exports because their file could not be written. */
	readonly lostCount: number;
	/** Removes the file of the settled objects. */
	close(): void;
};

export type WatchStoreOptions = {
	/** Where settled objects go but the last ones; absent: nowhere. */
	readonly openSettledFile?: OpenSettledFile;
	/** How many settled objects stay in memory. */
	readonly settledInMemory?: number;
};

type Destination = {
	readonly bucket: string;
	readonly region: string | undefined;
	isObserved: boolean;
	replicated: number;
	replicatedBytes: number;
	failed: number;
	pending: number;
	readonly delays: DelayHistogram;
};

const groupOf: Readonly<Record<EntryState, Exclude<keyof Groups, 'all'>>> = {
	uploading: 'uploading',
	pending: 'open',
	unseen: 'unseen',
	failed: 'failed',
	replicated: 'settled',
	vanished: 'settled',
	untaken: 'settled',
};

export function createWatchStore({
	openSettledFile,
	settledInMemory = 1000,
}: WatchStoreOptions = {}): WatchStore {
	const listeners = new Set<() => void>();
	let revision = 0;
	let ends: WatchedEnds | undefined;
	let probe: {readonly reason: string; readonly until: number} | undefined;
	let pausedAt: number | undefined;
	let file: SettledFile | undefined;
	let lostCount = 0;
	let destinations: Destination[] = [];
	let buckets: readonly string[] = [];
	let entries = new Map<string, Entry>();
	let groups = newGroups();
	let ours = newTally();
	let others = newTally();
	let delays = createDelayHistogram();
	let meter = createArrivalMeter();
	/** In the order of the keys, until one is added or taken away. */
	let byKey: readonly Entry[] | undefined;
	const troubles = new Map<string, WatchTrouble>();
	let notes: readonly string[] = [];
	const requests = {put: 0, list: 0, head: 0};

	function changed(): void {
		revision++;
		for (const listener of listeners) listener();
	}

	/** Adds what an entry counts for, or takes it away before the entry changes. */
	function account(entry: Entry, sign: 1 | -1): void {
		const tally = entry.isOurs ? ours : others;
		const {state, sizeBytes, arrivals} = entry;
		tally.objects[state] += sign;
		tally.bytes[state] += sign * sizeBytes;
		if (state === 'failed' && entry.versionId === undefined) tally.neverUploaded += sign;
		const byStatus = arrivals[destinations.length];
		for (const [index, destination] of destinations.entries()) {
			const arrival = arrivals[index] ?? (destination.isObserved ? undefined : byStatus);
			if (arrival) {
				destination.replicated += sign;
				destination.replicatedBytes += sign * sizeBytes;
			} else if (state === 'failed') destination.failed += sign;
			else if (state === 'pending' || state === 'unseen') destination.pending += sign;
		}
	}

	/** Changes an entry, and everything that counts it. */
	function change(entry: Entry, how: (entry: Entry) => void): void {
		account(entry, -1);
		const group = groupOf[entry.state];
		how(entry);
		entry.snapshot = undefined;
		account(entry, 1);
		if (groupOf[entry.state] !== group) moveTo(groupOf[entry.state], entry, group);
		changed();
	}

	function moveTo(group: keyof Groups, entry: Entry, from?: keyof Groups): void {
		if (from && entry.groupPlace) groups[from].remove(entry.groupPlace);
		entry.groupPlace = groups[group].append(entry);
		if (group !== 'settled') return;
		while (groups.settled.size > settledInMemory) putAway(groups.settled);
	}

	/** Takes the object that was settled first out of memory. */
	function putAway(settled: LinkedList<Entry>): void {
		const place = settled.first;
		if (!place) return;
		const {value: entry} = place;
		byKey = undefined;
		settled.remove(place);
		if (entry.allPlace) groups.all.remove(entry.allPlace);
		if (entries.get(entry.key) === entry) entries.delete(entry.key);
		try {
			file ??= openSettledFile?.();
			if (file) file.append(JSON.stringify(snapshotOf(entry, entry.state, buckets)));
			else lostCount++;
		} catch {
			// A full disk is no reason to stop watching; the export says what is missing.
			lostCount++;
		}
	}

	function add(entry: Entry): void {
		byKey = undefined;
		entries.set(entry.key, entry);
		entry.allPlace = groups.all.append(entry);
		account(entry, 1);
		moveTo(groupOf[entry.state], entry);
		changed();
	}

	function drop(entry: Entry): void {
		byKey = undefined;
		account(entry, -1);
		if (entry.groupPlace) groups[groupOf[entry.state]].remove(entry.groupPlace);
		if (entry.allPlace) groups.all.remove(entry.allPlace);
		if (entries.get(entry.key) === entry) entries.delete(entry.key);
	}

	/** An object begins anew: it is the newest then. */
	function restart(entry: Entry, how: (entry: Entry) => void): void {
		if (entry.allPlace) groups.all.remove(entry.allPlace);
		entry.allPlace = groups.all.append(entry);
		change(entry, (one) => {
			one.timeline = timelineOf(one);
			one.hasWholeTimeline = true;
			one.arrivals = [];
			one.status = undefined;
			one.problem = undefined;
			how(one);
		});
		// One that was open already comes last among them as well: they stand in the order of their upload.
		const group = groupOf[entry.state];
		moveTo(group, entry, group);
	}

	function versionOf(key: string, versionId: string | null): Entry | undefined {
		const entry = entries.get(key);
		return entry && entry.versionId === (versionId ?? undefined) ? entry : undefined;
	}

	function hasArrivedEverywhere({arrivals}: Entry): boolean {
		const byStatus = arrivals[destinations.length] !== undefined;
		return destinations.every(({isObserved}, index) =>
			isObserved ? arrivals[index] !== undefined : byStatus,
		);
	}

	function goesOnWith(sourceBucket: string, others_: readonly string[]): boolean {
		return ends?.sourceBucket === sourceBucket && buckets.join(' ') === others_.join(' ');
	}

	/** What counts as arrived depends on whether a destination is looked at. */
	function observe(index: number, isObserved: boolean): void {
		const destination = destinations[index];
		if (!destination || destination.isObserved === isObserved) return;
		for (const entry of entries.values()) account(entry, -1);
		destination.isObserved = isObserved;
		for (const entry of entries.values()) account(entry, 1);
	}

	function beginWatch({
		sourceBucket,
		sourceRegion,
		sourceProfile,
		destinations: given,
		leftOut = [],
		at,
	}: Stamped<Extract<RunEvent, {readonly type: 'watch-started'}>>): void {
		const isSame = goesOnWith(
			sourceBucket,
			given.map(({bucket}) => bucket),
		);
		ends = {sourceBucket, sourceRegion, sourceProfile, destinations: given, startedAt: at};
		probe = undefined;
		pausedAt = undefined;
		troubles.clear();
		notes = given.flatMap(({bucket, region}) => (region === undefined ? [outOfSight(bucket)] : []));
		notes = [...notes, ...leftOut.map(notReached)];
		if (isSame) {
			// What was being sent when the last watch ended is not followed.
			for (let place = groups.uploading.first; place; place = place.after) drop(place.value);
			for (const [index, {region}] of given.entries()) observe(index, region !== undefined);
		} else {
			buckets = given.map(({bucket}) => bucket);
			destinations = given.map(({bucket, region}) => ({
				bucket,
				region,
				isObserved: region !== undefined,
				replicated: 0,
				replicatedBytes: 0,
				failed: 0,
				pending: 0,
				delays: createDelayHistogram(),
			}));
			entries = new Map();
			byKey = undefined;
			groups = newGroups();
			ours = newTally();
			others = newTally();
			delays = createDelayHistogram();
			meter = createArrivalMeter();
		}

		changed();
	}

	function arrive(
		entry: Entry,
		event: Stamped<Extract<RunEvent, {readonly type: 'object-replicated'}>>,
	): void {
		const {destination, delayMs, uncertaintyMs, at, wasInterrupted} = event;
		const arrival: Arrival = {delayMs, uncertaintyMs};
		const found = destination === null ? -1 : buckets.indexOf(destination);
		const index = found < 0 ? destinations.length : found;
		if (!wasInterrupted) {
			delays.add(delayMs);
			for (const [at_, one] of destinations.entries()) {
				if (index === at_ || (index === destinations.length && !one.isObserved)) one.delays.add(delayMs);
			}
		}

		meter.add(at, entry.sizeBytes);
		probe = undefined;
		change(entry, (one) => {
			one.arrivals = withArrival(one.arrivals, index, arrival);
			note(one, {at, what: 'arrived', destination, ...arrival});
			if (hasArrivedEverywhere(one)) one.state = 'replicated';
		});
	}

	function fold(event: Stamped<RunEvent>): void {
		const {at} = event;
		switch (event.type) {
			case 'watch-started': {
				beginWatch(event);
				return;
			}

			case 'upload-started': {
				const {key, sizeBytes} = event;
				const begun: Moment = {at, what: 'upload-started'};
				const present = entries.get(key);
				if (present) {
					restart(present, (one) => {
						one.state = 'uploading';
						one.sizeBytes = sizeBytes;
						one.startedAt = at;
						note(one, begun);
					});
					return;
				}

				const entry = newEntry({key, isOurs: true, sizeBytes, state: 'uploading', startedAt: at});
				add(entry);
				return;
			}

			case 'object-uploaded': {
				const {key, versionId, sizeBytes, isOurs} = event;
				const present = entries.get(key);
				const moment: Moment = {at, what: isOurs ? 'uploaded' : 'found', versionId};
				const uploaded = (one: Entry): void => {
					one.state = 'pending';
					one.versionId = versionId;
					one.sizeBytes = sizeBytes;
					one.uploadedAt = at;
					if (one.hasWholeTimeline) note(one, moment);
				};

				if (present?.state === 'uploading') change(present, uploaded);
				else if (present?.isOurs === isOurs) {
					restart(present, (one) => {
						one.startedAt = at;
						uploaded(one);
					});
				} else {
					if (present) drop(present);
					const entry = newEntry({key, isOurs, sizeBytes, state: 'pending', startedAt: at});
					uploaded(entry);
					add(entry);
				}

				return;
			}

			case 'object-resent': {
				const {key, versionId} = event;
				const entry = entries.get(key);
				if (!entry) return;
				restart(entry, (one) => {
					one.state = 'pending';
					one.versionId = versionId;
					one.startedAt = at;
					one.uploadedAt = at;
					one.resends++;
					note(one, {at, what: 'resent', versionId});
				});
				return;
			}

			case 'status-seen': {
				const entry = versionOf(event.key, event.versionId);
				if (!entry) return;
				const {status} = event;
				change(entry, (one) => {
					one.status = status;
					note(one, {at, what: 'asked', status, lastAt: at, times: 1});
					if (status === null && !one.isOurs && one.state === 'pending') one.state = 'untaken';
				});
				return;
			}

			case 'object-replicated': {
				const entry = versionOf(event.key, event.versionId);
				if (entry) arrive(entry, event);
				return;
			}

			case 'object-unseen': {
				const entry = versionOf(event.key, event.versionId);
				if (entry?.state !== 'pending') return;
				const {destination} = event;
				change(entry, (one) => {
					one.state = 'unseen';
					note(one, {at, what: 'unseen', destination});
				});
				return;
			}

			case 'object-failed': {
				const entry = versionOf(event.key, event.versionId);
				const {problem} = event;
				if (!entry) return;
				change(entry, (one) => {
					one.state = 'failed';
					one.problem = problem;
					note(one, {at, what: 'failed', problem});
				});
				return;
			}

			case 'object-vanished': {
				const entry = versionOf(event.key, event.versionId);
				if (!entry) return;
				change(entry, (one) => {
					one.state = 'vanished';
					note(one, {at, what: 'vanished'});
				});
				return;
			}

			case 'probe-waited': {
				probe = {reason: event.reason, until: at + event.limitMs};
				changed();
				return;
			}

			case 'request-failed': {
				const {bucket, problem, delayMs} = event;
				troubles.set(bucket, {bucket, problem, nextTryAt: at + delayMs});
				changed();
				return;
			}

			case 'requests-recovered': {
				if (troubles.delete(event.bucket)) changed();
				return;
			}

			case 'destination-lost': {
				const lost = buckets.indexOf(event.bucket);
				if (lost < 0) return;
				observe(lost, false);
				troubles.delete(event.bucket);
				notes = [...notes, `${event.problem.headline}. ${outOfSight(event.bucket)}`];
				changed();
				return;
			}

			case 'status-lost': {
				notes = [...notes, `${event.problem.headline}. What has arrived counts as replicated.`];
				changed();
				return;
			}

			case 'others-left-out': {
				notes = [
					...notes,
					`What others write to ${event.bucket} is not shown: it cannot be listed again and again.`,
				];
				changed();
				return;
			}

			case 'requests-made': {
				requests.put += event.put;
				requests.list += event.list;
				requests.head += event.head;
				// While all is settled nothing is written, even though others' files are still looked for.
				if (isAnyOpen()) changed();
				return;
			}

			case 'watch-paused': {
				pausedAt = at;
				changed();
				return;
			}

			case 'watch-resumed': {
				pausedAt = undefined;
				changed();
				return;
			}

			default: {
				return;
			}
		}
	}

	const isAnyOpen = (): boolean => groups.uploading.size + groups.open.size + groups.unseen.size > 0;
	const slowAfterMs = (): number => Math.max(leastSlowMs, delays.quantile(0.99));

	/** Says of every entry what it is now: time stands still while the watch is paused. */
	function stateAt(nowMs: number): (entry: Entry) => ObjectState {
		const slowBefore = (pausedAt ?? nowMs) - slowAfterMs();
		return ({state, uploadedAt}) =>
			state === 'pending' && (uploadedAt ?? nowMs) < slowBefore ? 'slow' : state;
	}

	function rowSource(stateOf: RowSource['stateOf'], nowMs: number): RowSource {
		return {
			groups,
			stateOf,
			nowMs: pausedAt ?? nowMs,
			byKey: () => (byKey ??= inKeyOrder(entries.values())),
		};
	}

	return {
		fold,
		get revision() {
			return revision;
		},
		subscribe(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		get ends() {
			return ends;
		},
		get isPaused() {
			return pausedAt !== undefined;
		},
		get probe() {
			return probe;
		},
		get troubles() {
			return [...troubles.values()];
		},
		get notes() {
			return notes;
		},
		get isAnyOpen() {
			return isAnyOpen();
		},
		counts(nowMs) {
			const stateOf = stateAt(nowMs);
			const objects = {...sum(ours.objects, others.objects), slow: 0};
			const bytes = {...sum(ours.bytes, others.bytes), slow: 0};
			// The oldest are at the front.
			for (let place = groups.open.first; place; place = place.after) {
				if (stateOf(place.value) !== 'slow') break;
				objects.slow++;
				bytes.slow += place.value.sizeBytes;
			}

			objects.pending -= objects.slow;
			bytes.pending -= bytes.slow;
			const total = Object.values(objects).reduce((left, right) => left + right, 0);
			const othersTotal = Object.values(others.objects).reduce((left, right) => left + right, 0);
			return {objects, bytes, total, others: othersTotal};
		},
		objectCounts(includesOthers = false) {
			const counted = includesOthers ? sum(ours.objects, others.objects) : ours.objects;
			const neverUploaded = ours.neverUploaded + (includesOthers ? others.neverUploaded : 0);
			const {replicated, failed} = counted;
			const pending = counted.pending + counted.unseen;
			return {uploaded: replicated + failed + pending - neverUploaded, replicated, failed, pending};
		},
		destinations: () => destinations,
		get delays() {
			return delays;
		},
		arrivals: (nowMs) => meter.rates(pausedAt ?? nowMs),
		requests: () => ({...requests, priceUsd: requestPriceUsd(requests), pricesOf}),
		slowAfterMs,
		rows(query, nowMs) {
			const stateOf = stateAt(nowMs);
			const {entries: found, total} = windowOf(query, rowSource(stateOf, nowMs));
			return {rows: found.map((entry) => snapshotOf(entry, stateOf(entry), buckets)), total};
		},
		placeOf(id, query, nowMs) {
			const entry = entries.get(id);
			return entry && placeOf(entry, query, rowSource(stateAt(nowMs), nowMs));
		},
		object(id, nowMs) {
			const entry = entries.get(id);
			if (!entry) return undefined;
			return {...snapshotOf(entry, stateAt(nowMs)(entry), buckets), timeline: timelineOf(entry)};
		},
		goesOnWith,
		openObjects() {
			const open: WatchedObject[] = [];
			for (const list of [groups.open, groups.unseen]) {
				for (let place = list.first; place; place = place.after)
					open.push(snapshotOf(place.value, place.value.state, buckets));
			}

			return open;
		},
		async *everyObject() {
			if (file) for await (const line of file.lines()) yield JSON.parse(line) as WatchedObject;
			for (let place = groups.all.first; place; place = place.after)
				yield snapshotOf(place.value, place.value.state, buckets);
		},
		get lostCount() {
			return lostCount;
		},
		close() {
			file?.remove();
			file = undefined;
		},
	};
}

/** Rules with other prefixes, or other values of the same tags. */
function notReached(bucket: string): string {
	return `The test files do not reach ${bucket}: the filter of its rule asks for other names or tags.`;
}

/** Without a profile that sees a destination, the source's word is all there is. */
function outOfSight(bucket: string): string {
	return `Only the source's status is known of ${bucket}: no profile given sees its replicas.`;
}

function newGroups(): Groups {
	return {
		uploading: createLinkedList(),
		open: createLinkedList(),
		unseen: createLinkedList(),
		failed: createLinkedList(),
		settled: createLinkedList(),
		all: createLinkedList(),
	};
}

function sum<Name extends string>(
	left: Readonly<Record<Name, number>>,
	right: Readonly<Record<Name, number>>,
): Record<Name, number> {
	const total: Record<Name, number> = {...left};
	for (const name of Object.keys(right) as Name[]) total[name] += right[name];
	return total;
}

function withArrival(
	arrivals: Entry['arrivals'],
	index: number,
	arrival: Arrival,
): ReadonlyArray<Arrival | undefined> {
	const changed = [...arrivals];
	changed[index] = arrival;
	return changed;
}
