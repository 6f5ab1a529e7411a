import {limits} from '../../domain/limits.js';
import {createDelayHistogram} from '../../domain/watch/delay-histogram.js';
import type {ObjectCounts, RunEvent, Stamped} from '../../domain/event.js';
import {pricesOf, requestPriceUsd} from '../../domain/watch/request-price.js';
import {createArrivalMeter} from './arrival-meter.js';
import {causeOf, type Entry, note, snapshotOf, timelineOf} from './entry.js';
import {foldObjectEvent} from './fold-object-event.js';
import {createObjectIndex, type ObjectIndexOptions} from './object-index.js';
import {createResendTimes} from './resend-times.js';
import {createRowList, createShownRows} from './row-list.js';
import type {RowSource} from './rows.js';
import type {Arrival, ObjectState, WatchedObject} from './watched-object.js';
import {createWatchRemarks} from './watch-remarks.js';
import type {WatchedEnds, WatchView} from './watch-view.js';

/** What a watch has become, kept up to date event by event; each takes the same time however many objects there are. */
export type WatchStore = WatchView & {
	/** Takes in an event; those that are not about a watch change nothing. */
	readonly fold: (event: Stamped<RunEvent>) => void;
	/** Whether a watch of these buckets goes on with what is known; otherwise everything begins anew. */
	readonly goesOnWith: (sourceBucket: string, destinations: readonly string[]) => boolean;
	/** How many test files were sent each way, or should have been: there, then each way back. */
	readonly filesByWay: () => readonly number[];
	/** What is still to be followed when a watch goes on after a break. */
	readonly openObjects: () => readonly WatchedObject[];
	/** Every object there was: the settled ones from their file, then those in memory. */
	readonly everyObject: () => AsyncIterable<WatchedObject>;
	/** How many settled objects were lost to the exports because their file could not be written. */
	readonly lostCount: number;
	/** Removes the file of the settled objects. */
	readonly close: () => void;
};

const noObjects: ObjectCounts = {uploaded: 0, replicated: 0, failed: 0, pending: 0};

export function createWatchStore(options: ObjectIndexOptions = {}): WatchStore {
	const listeners = new Set<() => void>();
	let revision = 0;
	let ends: WatchedEnds | undefined;
	let delays = createDelayHistogram();
	let delaysLeftOut = 0;
	let meter = createArrivalMeter();
	/** What watches of other buckets came to before this one. */
	const earlier = {
		ours: noObjects,
		all: noObjects,
		delays: createDelayHistogram(),
		delaysLeftOut: 0,
		failedIn: undefined as WatchedEnds | undefined,
	};
	const resends = createResendTimes();
	const requests = {put: 0, list: 0, head: 0};
	const remarks = createWatchRemarks();
	const index = createObjectIndex(options, changed);
	const list = createRowList();
	const shown = createShownRows();

	function changed(entry?: Entry): void {
		if (entry) shown.forget(entry);
		revision++;
		for (const listener of listeners) listener();
	}

	function goesOnWith(sourceBucket: string, destinations: readonly string[]): boolean {
		return ends?.sourceBucket === sourceBucket && index.frame.buckets.join(' ') === destinations.join(' ');
	}

	function beginWatch(event: Stamped<Extract<RunEvent, {readonly type: 'watch-started'}>>): void {
		const {sourceBucket, sourceRegion, sourceProfile, destinations, homes, at} = event;
		const isSame = goesOnWith(
			sourceBucket,
			destinations.map(({bucket}) => bucket),
		);
		if (!isSame && objectCounts(true).failed > 0) earlier.failedIn = ends;
		ends = {sourceBucket, sourceRegion, sourceProfile, destinations, homes, startedAt: at};
		remarks.begin(event);
		if (isSame) {
			// Somebody may have mended them: what still stands in the way is told again.
			index.frame.causes.forget();
			shown.forgetAll();
			// What was being sent when the last watch ended is not followed.
			while (index.groups.uploading.first) index.drop(index.groups.uploading.first);
			index.leadBack(homes ?? []);
			for (const [position, {region}] of destinations.entries())
				index.observe(position, region !== undefined);
		} else {
			earlier.ours = sum(earlier.ours, objectCounts());
			earlier.all = sum(earlier.all, objectCounts(true));
			earlier.delays.merge(delays);
			earlier.delaysLeftOut += delaysLeftOut;
			index.begin(destinations, at, homes);
			delays = createDelayHistogram();
			delaysLeftOut = 0;
			meter = createArrivalMeter();
		}

		changed();
	}

	function arrive(
		entry: Entry,
		event: Stamped<Extract<RunEvent, {readonly type: 'object-replicated'}>>,
	): void {
		const {destination, delayMs, uncertaintyMs, at, wasInterrupted} = event;
		const arrival: Arrival = {delayMs, uncertaintyMs, ...(wasInterrupted ? {wasInterrupted} : {})};
		const found = destination === null ? -1 : index.frame.buckets.indexOf(destination);
		const position = found < 0 ? index.counter.destinations.length : found;
		if (!wasInterrupted) {
			delays.add(delayMs);
			for (const [nth, one] of index.counter.destinations.entries()) {
				if (!index.counter.goesTo(entry, nth)) continue;
				if (position === nth || (position === index.counter.destinations.length && !one.isObserved))
					one.delays.add(delayMs);
			}
		} else delaysLeftOut++;

		meter.add(at, entry.sizeBytes);
		remarks.arrived();
		index.change(entry, (one) => {
			one.arrivals = withArrival(one.arrivals, position, arrival);
			note(one, {at, what: 'arrived', destination, ...arrival});
			if (index.counter.hasArrivedEverywhere(one)) one.state = 'replicated';
		});
	}

	function fold(event: Stamped<RunEvent>): void {
		resends.fold(event);
		switch (event.type) {
			case 'watch-started':
				beginWatch(event);
				return;
			case 'object-replicated': {
				const entry = index.versionOf(event.key, event.versionId);
				if (entry) arrive(entry, event);
				return;
			}

			case 'causes-seen':
				index.frame.causes.see(event.sourceBucket, event.causes);
				shown.forgetAll();
				changed();
				return;
			case 'destination-lost': {
				const lost = index.frame.buckets.indexOf(event.bucket);
				if (lost < 0) return;
				index.observe(lost, false);
				break;
			}

			case 'requests-made':
				requests.put += event.put;
				requests.list += event.list;
				requests.head += event.head;
				// While all is settled nothing is written, even though others' files are still looked for.
				if (isAnyOpen()) changed();
				return;
			default:
				break;
		}

		if (remarks.fold(event)) changed();
		foldObjectEvent(event, index);
	}

	function objectCounts(includesOthers = false): ObjectCounts {
		const counted = includesOthers
			? sum(index.counter.ours.objects, index.counter.others.objects)
			: index.counter.ours.objects;
		const neverUploaded =
			index.counter.ours.neverUploaded + (includesOthers ? index.counter.others.neverUploaded : 0);
		const {replicated, failed} = counted;
		const pending = counted.pending + counted.unseen;
		return {uploaded: replicated + failed + pending - neverUploaded, replicated, failed, pending};
	}

	const isAnyOpen = (): boolean =>
		index.groups.uploading.size + index.groups.open.size + index.groups.unseen.size > 0;
	const slowAfterMs = (): number => Math.max(limits.minSlowMs, delays.quantile(0.99));

	/** As entries tell the time, which stands still while the watch is paused. */
	const timeOfEntries = (nowMs: number): number => (remarks.pausedAt ?? nowMs) - index.frame.epochMs;

	/** Says of every entry what it is now. */
	function stateAt(nowMs: number): (entry: Entry) => ObjectState {
		const slowBefore = timeOfEntries(nowMs) - slowAfterMs();
		// They stand in the order of their upload: where the first is not slow, none is.
		const {first} = index.groups.open;
		if (!first || (first.uploadedMs ?? Infinity) >= slowBefore) return ({state}) => state;
		return ({state, uploadedMs}) =>
			state === 'pending' && (uploadedMs ?? Infinity) < slowBefore ? 'slow' : state;
	}

	function rowSource(stateOf: RowSource['stateOf'], nowMs: number): RowSource {
		const {groups, size, inOrder, byKey} = index;
		return {groups, stateOf, nowMs: timeOfEntries(nowMs), size, inOrder, byKey};
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
			return remarks.pausedAt !== undefined;
		},
		get probe() {
			return remarks.probe;
		},
		get troubles() {
			return remarks.troubles;
		},
		get causes() {
			return index.frame.causes.now;
		},
		resending: () => resends.waiting(),
		get notes() {
			return remarks.notes;
		},
		get metrics() {
			return remarks.metrics;
		},
		get isAnyOpen() {
			return isAnyOpen();
		},
		counts(nowMs) {
			const stateOf = stateAt(nowMs);
			const objects = {...sum(index.counter.ours.objects, index.counter.others.objects), slow: 0};
			const bytes = {...sum(index.counter.ours.bytes, index.counter.others.bytes), slow: 0};
			// The oldest are at the front.
			for (let entry = index.groups.open.first; entry; entry = entry.after) {
				if (stateOf(entry) !== 'slow') break;
				objects.slow++;
				bytes.slow += entry.sizeBytes;
			}

			objects.pending -= objects.slow;
			bytes.pending -= bytes.slow;
			const total = Object.values(objects).reduce((left, right) => left + right, 0);
			const othersTotal = Object.values(index.counter.others.objects).reduce(
				(left, right) => left + right,
				0,
			);
			return {objects, bytes, total, others: othersTotal};
		},
		objectCounts,
		runFigures(includesOthers = false) {
			const all = createDelayHistogram();
			all.merge(earlier.delays);
			all.merge(delays);
			return {
				objects: sum(includesOthers ? earlier.all : earlier.ours, objectCounts(includesOthers)),
				delays: all,
				delaysLeftOut: earlier.delaysLeftOut + delaysLeftOut,
				failedIn: earlier.failedIn,
			};
		},
		destinations: () => index.counter.destinations,
		get delays() {
			return delays;
		},
		get delaysLeftOut() {
			return delaysLeftOut;
		},
		arrivals: (nowMs) => meter.rates(remarks.pausedAt ?? nowMs),
		requests: () => ({...requests, priceUsd: requestPriceUsd(requests), pricesOf}),
		slowAfterMs,
		rows(query, nowMs) {
			const stateOf = stateAt(nowMs);
			const {entries: found, total} = list.windowOf(query, rowSource(stateOf, nowMs), revision);
			return {rows: shown.show(found, stateOf, index.frame), total};
		},
		placeOf(id, query, nowMs) {
			const entry = index.get(id);
			return entry && list.placeOf(entry, query, rowSource(stateAt(nowMs), nowMs), revision);
		},
		object(id, nowMs) {
			const entry = index.get(id);
			if (!entry) return undefined;
			const cause = causeOf(entry, index.frame);
			return {
				...snapshotOf(entry, stateAt(nowMs)(entry), index.frame),
				timeline: timelineOf(entry, index.frame),
				...(cause ? {cause} : {}),
			};
		},
		goesOnWith,
		filesByWay: () => index.counter.oursByWay,
		openObjects() {
			const open: WatchedObject[] = [];
			for (const list of [index.groups.open, index.groups.unseen]) {
				for (let entry = list.first; entry; entry = entry.after)
					open.push(snapshotOf(entry, entry.state, index.frame));
			}

			return open;
		},
		everyObject: () => index.everyObject(),
		get lostCount() {
			return index.lostCount;
		},
		close: () => index.close(),
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
