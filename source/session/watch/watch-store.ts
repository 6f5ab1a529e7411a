import {createDelayHistogram} from '../../domain/delay-histogram.js';
import type {RunEvent, Stamped} from '../../domain/event.js';
import {pricesOf, requestPriceUsd} from '../../domain/request-price.js';
import {createArrivalMeter} from './arrival-meter.js';
import {type Entry, note, snapshotOf, timelineOf} from './entry.js';
import {foldObjectEvent} from './fold-object-event.js';
import {createObjectBook, type ObjectBookOptions} from './object-book.js';
import {createRowList} from './row-list.js';
import type {RowSource} from './rows.js';
import type {Arrival, ObjectState, WatchedObject} from './watched-object.js';
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

export function createWatchStore(options: ObjectBookOptions = {}): WatchStore {
	const listeners = new Set<() => void>();
	let revision = 0;
	let ends: WatchedEnds | undefined;
	let probe: {readonly reason: string; readonly until: number} | undefined;
	let pausedAt: number | undefined;
	let delays = createDelayHistogram();
	let meter = createArrivalMeter();
	const troubles = new Map<string, WatchTrouble>();
	let notes: readonly string[] = [];
	const requests = {put: 0, list: 0, head: 0};
	const book = createObjectBook(options, changed);
	const list = createRowList();

	function changed(): void {
		revision++;
		for (const listener of listeners) listener();
	}

	function goesOnWith(sourceBucket: string, others_: readonly string[]): boolean {
		return ends?.sourceBucket === sourceBucket && book.buckets.join(' ') === others_.join(' ');
	}

	function beginWatch({
		sourceBucket,
		sourceRegion,
		sourceProfile,
		destinations: given,
		leftOut = [],
		blindProfiles = [],
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
		notes = [...notes, ...blindProfiles.map(seesNone), ...leftOut.map(notReached)];
		if (isSame) {
			// What was being sent when the last watch ended is not followed.
			for (let place = book.groups.uploading.first; place; place = place.after) book.drop(place.value);
			for (const [index, {region}] of given.entries()) book.observe(index, region !== undefined);
		} else {
			book.begin(given);
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
		const found = destination === null ? -1 : book.buckets.indexOf(destination);
		const index = found < 0 ? book.destinations.length : found;
		if (!wasInterrupted) {
			delays.add(delayMs);
			for (const [at_, one] of book.destinations.entries()) {
				if (index === at_ || (index === book.destinations.length && !one.isObserved)) one.delays.add(delayMs);
			}
		}

		meter.add(at, entry.sizeBytes);
		probe = undefined;
		book.change(entry, (one) => {
			one.arrivals = withArrival(one.arrivals, index, arrival);
			note(one, {at, what: 'arrived', destination, ...arrival});
			if (book.hasArrivedEverywhere(one)) one.state = 'replicated';
		});
	}

	function fold(event: Stamped<RunEvent>): void {
		const {at} = event;
		switch (event.type) {
			case 'watch-started': {
				beginWatch(event);
				return;
			}

			case 'object-replicated': {
				const entry = book.versionOf(event.key, event.versionId);
				if (entry) arrive(entry, event);
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
				const lost = book.buckets.indexOf(event.bucket);
				if (lost < 0) return;
				book.observe(lost, false);
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
				foldObjectEvent(event, book);
			}
		}
	}

	const isAnyOpen = (): boolean =>
		book.groups.uploading.size + book.groups.open.size + book.groups.unseen.size > 0;
	const slowAfterMs = (): number => Math.max(leastSlowMs, delays.quantile(0.99));

	/** Says of every entry what it is now: time stands still while the watch is paused. */
	function stateAt(nowMs: number): (entry: Entry) => ObjectState {
		const slowBefore = (pausedAt ?? nowMs) - slowAfterMs();
		// They stand in the order of their upload: where the first is not slow, none is.
		if ((book.groups.open.first?.value.uploadedAt ?? nowMs) >= slowBefore) return ({state}) => state;
		return ({state, uploadedAt}) =>
			state === 'pending' && (uploadedAt ?? nowMs) < slowBefore ? 'slow' : state;
	}

	function rowSource(stateOf: RowSource['stateOf'], nowMs: number): RowSource {
		return {
			groups: book.groups,
			stateOf,
			nowMs: pausedAt ?? nowMs,
			byKey: book.byKey,
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
			const objects = {...sum(book.ours.objects, book.others.objects), slow: 0};
			const bytes = {...sum(book.ours.bytes, book.others.bytes), slow: 0};
			// The oldest are at the front.
			for (let place = book.groups.open.first; place; place = place.after) {
				if (stateOf(place.value) !== 'slow') break;
				objects.slow++;
				bytes.slow += place.value.sizeBytes;
			}

			objects.pending -= objects.slow;
			bytes.pending -= bytes.slow;
			const total = Object.values(objects).reduce((left, right) => left + right, 0);
			const othersTotal = Object.values(book.others.objects).reduce((left, right) => left + right, 0);
			return {objects, bytes, total, others: othersTotal};
		},
		objectCounts(includesOthers = false) {
			const counted = includesOthers ? sum(book.ours.objects, book.others.objects) : book.ours.objects;
			const neverUploaded = book.ours.neverUploaded + (includesOthers ? book.others.neverUploaded : 0);
			const {replicated, failed} = counted;
			const pending = counted.pending + counted.unseen;
			return {uploaded: replicated + failed + pending - neverUploaded, replicated, failed, pending};
		},
		destinations: () => book.destinations,
		get delays() {
			return delays;
		},
		arrivals: (nowMs) => meter.rates(pausedAt ?? nowMs),
		requests: () => ({...requests, priceUsd: requestPriceUsd(requests), pricesOf}),
		slowAfterMs,
		rows(query, nowMs) {
			const stateOf = stateAt(nowMs);
			const {entries: found, total} = list.windowOf(query, rowSource(stateOf, nowMs), revision);
			return {rows: found.map((entry) => snapshotOf(entry, stateOf(entry), book.buckets)), total};
		},
		placeOf(id, query, nowMs) {
			const entry = book.get(id);
			return entry && list.placeOf(entry, query, rowSource(stateAt(nowMs), nowMs), revision);
		},
		object(id, nowMs) {
			const entry = book.get(id);
			if (!entry) return undefined;
			return {...snapshotOf(entry, stateAt(nowMs)(entry), book.buckets), timeline: timelineOf(entry)};
		},
		goesOnWith,
		openObjects() {
			const open: WatchedObject[] = [];
			for (const list of [book.groups.open, book.groups.unseen]) {
				for (let place = list.first; place; place = place.after)
					open.push(snapshotOf(place.value, place.value.state, book.buckets));
			}

			return open;
		},
		everyObject: () => book.everyObject(),
		get lostCount() {
			return book.lostCount;
		},
		close: () => book.close(),
	};
}

/** Rules with other prefixes, or other values of the same tags. */
function notReached(bucket: string): string {
	return `The test files do not reach ${bucket}: the filter of its rule asks for other names or tags.`;
}

/** A name may be mistyped, or an account be another one. */
function seesNone(profile: string): string {
	return `The profile ${profile} sees none of the destinations.`;
}

/** Without a profile that sees a destination, the source's word is all there is. */
function outOfSight(bucket: string): string {
	return `Only the source's status is known of ${bucket}: no profile given sees its replicas.`;
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
