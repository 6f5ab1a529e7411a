import type {ReplicationStatus} from '../../domain/event.js';
import type {Problem} from '../../domain/problem.js';
import type {ListPlace} from './linked-list.js';
import type {Arrival, Moment, ObjectState, WatchedObject} from './watched-object.js';

/** A state as events tell it; `slow` is a matter of the time. */
export type EntryState = Exclude<ObjectState, 'slow'>;

/** What the store keeps of an object. Changed in place: there may be ten thousand. */
export type Entry = {
	readonly key: string;
	readonly isOurs: boolean;
	sizeBytes: number;
	versionId: string | undefined;
	state: EntryState;
	startedAt: number;
	uploadedAt: number | undefined;
	status: ReplicationStatus | undefined;
	/** By destination, in the order of the ends; what only the source's status tells comes last. */
	arrivals: (Arrival | undefined)[];
	resends: number;
	problem: Problem | undefined;
	timeline: Moment[];
	/** Its place among those of its group, and among all. */
	groupPlace: ListPlace<Entry> | undefined;
	allPlace: ListPlace<Entry> | undefined;
	/** What was given to look at last, until something changes. */
	snapshot: WatchedObject | undefined;
};

export function newEntry(given: Pick<Entry, 'key' | 'isOurs' | 'sizeBytes' | 'state' | 'startedAt'>): Entry {
	return {
		...given,
		versionId: undefined,
		uploadedAt: undefined,
		status: undefined,
		arrivals: [],
		resends: 0,
		problem: undefined,
		timeline: [],
		groupPlace: undefined,
		allPlace: undefined,
		snapshot: undefined,
	};
}

/** The entry as a value that stays as it is; the same one while nothing has changed. */
export function snapshotOf(entry: Entry, state: ObjectState, buckets: readonly string[]): WatchedObject {
	if (entry.snapshot?.state === state) return entry.snapshot;
	const {key, versionId, sizeBytes, isOurs, startedAt, uploadedAt, status, resends, problem} = entry;
	const arrivals: Record<string, Arrival> = {};
	for (const [index, arrival] of entry.arrivals.entries()) {
		if (arrival) arrivals[buckets[index] ?? ''] = arrival;
	}

	const snapshot: WatchedObject = {
		id: key,
		key,
		versionId,
		sizeBytes,
		isOurs,
		state,
		startedAt,
		uploadedAt,
		status,
		arrivals,
		resends,
		problem,
	};
	entry.snapshot = snapshot;
	return snapshot;
}

/** The longest delay to any destination, or nothing before the first arrival. */
export function lastDelayMs({arrivals}: Entry): number | undefined {
	let longest: number | undefined;
	for (const arrival of arrivals) {
		if (arrival && (longest === undefined || arrival.delayMs > longest)) longest = arrival.delayMs;
	}

	return longest;
}
