import type {Cause, ReplicationStatus} from '../../domain/event.js';
import type {Problem} from '../../domain/problem.js';
import {toldFailure, type ToldReason} from '../../domain/diagnose/told-failure.js';
import type {KnownCauses} from './known-causes.js';
import type {Arrival, Moment, ObjectState, WatchedObject} from './watched-object.js';

/** A state as events tell it; `slow` is a matter of the time. */
export type EntryState = Exclude<ObjectState, 'slow'>;

/** What the numbers in entries refer to. */
export type EntryFrame = {
	/** The destinations, in the order of `arrivals`. */
	readonly buckets: readonly string[];
	/** The destinations that files come from as well, in the order of `way`. */
	readonly homes: readonly string[];
	/** Time zero of the entries, in milliseconds since 1970: a small whole number takes no memory of its own, a time of today does. */
	readonly epochMs: number;
	/** Why files do not arrive. */
	readonly causes: KnownCauses;
};

/** Who wrote an object, and which way it goes. One value for all that have the same: replaced, never changed. */
export type Origin = {
	readonly isOurs: boolean;
	/** In a two-way watch: 0 there, n the nth way back, from the nth of the homes to the source. */
	readonly way: number;
	/** Of a delete marker alone: the buckets to which a rule replicates it. */
	readonly markerTo?: readonly string[];
};

/**
 * What the store keeps of an object; the rest is read from its timeline when somebody asks. Changed in place, and kept
 * small: there may be ten thousand.
 */
export type Entry = {
	readonly key: string;
	/** Where it comes from. */
	origin: Origin;
	sizeBytes: number;
	versionId: string | undefined;
	state: EntryState;
	/** When its upload began and ended, for others' when it was first seen; milliseconds after the frame's epoch. */
	startedMs: number;
	uploadedMs: number | undefined;
	/** By destination, in the order of the ends; what only the source's status tells comes last. Replaced, never changed: most have the same. */
	arrivals: ReadonlyArray<Arrival | undefined>;
	/** What came after the upload; nothing at first. The upload is told by its times, unless it was sent again: then all is here. */
	timeline: readonly Moment[];
	/** Its neighbours in its group. */
	before: Entry | undefined;
	after: Entry | undefined;
	/** The number of the last filter that looked at its texts, negative where they were not asked for; 0 since they changed. */
	filterMark: number;
};

/** What a delete marker is known by: an object of its key may be there beside it. No key has a NUL. */
export const markerIdOf = (key: string): string => `${key}\u0000`;

export const idOf = ({key, origin}: Entry): string => (origin.markerTo === undefined ? key : markerIdOf(key));

/** One list for all that have nothing yet: ten thousand empty ones would be half a megabyte. */
export const none: readonly never[] = [];

export function newEntry({
	key,
	origin,
	sizeBytes,
	state,
	startedMs,
}: Pick<Entry, 'key' | 'origin' | 'sizeBytes' | 'state' | 'startedMs'>): Entry {
	return {
		// First, where the processor has it at hand together with the state: filters look at nothing else.
		filterMark: 0,
		state,
		key,
		versionId: undefined,
		origin,
		sizeBytes,
		startedMs,
		uploadedMs: undefined,
		arrivals: none,
		timeline: none,
		before: undefined,
		after: undefined,
	};
}

/** The entry as a value that stays as it is. */
export function snapshotOf(entry: Entry, state: ObjectState, frame: EntryFrame): WatchedObject {
	const {key, versionId, sizeBytes, startedMs, uploadedMs, timeline} = entry;
	const {isOurs, way, markerTo} = entry.origin;
	const {buckets, homes, epochMs} = frame;
	const arrivals: Record<string, Arrival> = {};
	for (const [index, arrival] of entry.arrivals.entries()) {
		if (arrival) arrivals[buckets[index] ?? ''] = arrival;
	}

	const cause = causeOf(entry, frame);
	return {
		id: idOf(entry),
		key,
		versionId,
		sizeBytes,
		isOurs,
		...(way > 0 ? {direction: 'back', from: homes[way - 1]} : {}),
		state,
		...(markerTo ? {markerTo} : {}),
		startedAt: epochMs + startedMs,
		uploadedAt: uploadedMs === undefined ? undefined : epochMs + uploadedMs,
		status: statusOf(timeline),
		arrivals,
		resends: timeline.filter(({what}) => what === 'resent').length,
		problem: state === 'failed' ? problemOf(key, timeline) : undefined,
		...reasonsOf(timeline),
		...(cause ? {reason: cause.reason} : {}),
	};
}

/** Why an object has not arrived; nothing where it may still do so, or where nobody knows. */
export function causeOf(entry: Entry, {buckets, causes}: EntryFrame): Cause | undefined {
	const {state, key, versionId, arrivals, timeline} = entry;
	const isLeftAlone = state === 'pending' && statusOf(timeline) === null;
	if (versionId === undefined || (state !== 'failed' && !isLeftAlone)) return undefined;
	return causes.of(
		key,
		buckets.filter((_bucket, index) => arrivals[index] === undefined),
	);
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
export function timelineOf(entry: Entry, {epochMs}: EntryFrame): readonly Moment[] {
	const {startedMs, uploadedMs, versionId, timeline} = entry;
	const {isOurs} = entry.origin;
	if (hasWholeTimeline(entry)) return timeline;
	const begun: Moment[] = isOurs ? [{at: epochMs + startedMs, what: 'upload-started'}] : [];
	if (uploadedMs !== undefined && versionId !== undefined)
		begun.push({at: epochMs + uploadedMs, what: isOurs ? 'uploaded' : 'found', versionId});
	return [...begun, ...timeline];
}

/** Whether the timeline begins with how the object came to be. */
export function hasWholeTimeline({timeline}: Entry): boolean {
	return beginnings.has(timeline[0]?.what);
}

const beginnings: ReadonlySet<Moment['what'] | undefined> = new Set(['upload-started', 'uploaded', 'found']);
const newVersions: ReadonlySet<Moment['what']> = new Set([...beginnings, 'resent'] as Array<Moment['what']>);

/** What the source said last of the newest version. */
function statusOf(timeline: readonly Moment[]): ReplicationStatus | undefined {
	const last = timeline.findLast(({what}) => what === 'asked' || newVersions.has(what));
	return last?.what === 'asked' ? last.status : undefined;
}

/** Why the newest version failed, as S3 told. */
function reasonsOf(timeline: readonly Moment[]): Pick<WatchedObject, 'reasons'> {
	const since = timeline.findLastIndex(({what}) => newVersions.has(what));
	const reasons = timeline.slice(since + 1).flatMap((moment): readonly ToldReason[] => {
		if (moment.what !== 'told') return [];
		const {destination, ruleId, reason} = moment;
		return [{destination, ruleId, reason}];
	});
	return reasons.length === 0 ? {} : {reasons};
}

function problemOf(key: string, timeline: readonly Moment[]): Problem | undefined {
	const {reasons} = reasonsOf(timeline);
	if (reasons) return toldFailure(key, reasons);
	const last = timeline.findLast(({what}) => what === 'failed');
	return last?.what === 'failed' ? last.problem : undefined;
}

/** The longest delay to any destination, or nothing before the first arrival; one over a pause is none. */
export function lastDelayMs({arrivals}: Entry): number | undefined {
	let longest: number | undefined;
	for (const arrival of arrivals) {
		if (arrival && !arrival.wasInterrupted && (longest === undefined || arrival.delayMs > longest))
			longest = arrival.delayMs;
	}

	return longest;
}
