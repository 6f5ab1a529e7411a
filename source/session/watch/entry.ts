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
	/** By destination, in the order of the ends; what only the source's status tells comes last. Replaced, never changed: most have the same. */
	arrivals: ReadonlyArray<Arrival | undefined>;
	resends: number;
	problem: Problem | undefined;
	/** What came after the upload; nothing at first. The upload is told by its times, unless it was sent again: then all is here. */
	timeline: readonly Moment[];
	hasWholeTimeline: boolean;
	/** Its place among those of its group, and among all. */
	groupPlace: ListPlace<Entry> | undefined;
	allPlace: ListPlace<Entry> | undefined;
	/** What was given to look at last, until something changes. */
	snapshot: WatchedObject | undefined;
	/** The number of the last filter that looked at its texts, negative where they were not asked for; 0 since they changed. */
	filterMark: number;
};

/** One list for all that have nothing yet: ten thousand empty ones would be half a megabyte. */
const none: readonly never[] = [];

export function newEntry(given: Pick<Entry, 'key' | 'isOurs' | 'sizeBytes' | 'state' | 'startedAt'>): Entry {
	return {
		// First, where the processor has it at hand together with the state: filters look at nothing else.
		filterMark: 0,
		...given,
		versionId: undefined,
		uploadedAt: undefined,
		status: undefined,
		arrivals: none,
		resends: 0,
		problem: undefined,
		timeline: none,
		hasWholeTimeline: false,
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

/** Adds a moment. The same answer of the source is told once, with how often it came. */
export function note(entry: Entry, moment: Moment): void {
	const last = entry.timeline.at(-1);
	const isRepeated = moment.what === 'asked' && last?.what === 'asked' && last.status === moment.status;
	entry.timeline = isRepeated
		? [...entry.timeline.slice(0, -1), {...last, lastAt: moment.at, times: last.times + 1}]
		: [...entry.timeline, moment];
}

/** Everything that happened to an object, its upload included. */
export function timelineOf(entry: Entry): readonly Moment[] {
	const {isOurs, startedAt, uploadedAt, versionId, timeline} = entry;
	if (entry.hasWholeTimeline) return timeline;
	const begun: Moment[] = isOurs ? [{at: startedAt, what: 'upload-started'}] : [];
	if (uploadedAt !== undefined && versionId !== undefined)
		begun.push({at: uploadedAt, what: isOurs ? 'uploaded' : 'found', versionId});
	return [...begun, ...timeline];
}

/** The longest delay to any destination, or nothing before the first arrival. */
export function lastDelayMs({arrivals}: Entry): number | undefined {
	let longest: number | undefined;
	for (const arrival of arrivals) {
		if (arrival && (longest === undefined || arrival.delayMs > longest)) longest = arrival.delayMs;
	}

	return longest;
}
