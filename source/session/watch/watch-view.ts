import type {DelayFacts} from '../../domain/watch/delay-histogram.js';
import type {Cause, ObjectCounts} from '../../domain/event.js';
import type {Problem} from '../../domain/problem.js';
import type {ReplicationMetrics} from '../../domain/replication-metrics.js';
import type {Resending} from './resend-times.js';
import type {ObjectDetails, ObjectState, WatchedObject} from './watched-object.js';
import type {Replicated} from '../../domain/answers/command-line.js';

/** What is watched: both ends. */
export type WatchedEnds = {
	readonly sourceBucket: string;
	readonly sourceRegion: string;
	readonly sourceProfile: string;
	/** `region` is absent where only the source's status can be seen. */
	readonly destinations: ReadonlyArray<{
		readonly bucket: string;
		readonly region?: string;
		readonly profile?: string;
	}>;
	/** Files come from these destinations, too: the source comes last among the destinations then. */
	readonly homes?: readonly string[];
	readonly startedAt: number;
};

/** How many objects are in each state, and how many bytes they have. */
export type WatchCounts = {
	readonly objects: Readonly<Record<ObjectState, number>>;
	readonly bytes: Readonly<Record<ObjectState, number>>;
	/** All of them. */
	readonly total: number;
	/** How many of them others put there. */
	readonly others: number;
};

export type DestinationFigures = {
	readonly bucket: string;
	readonly region?: string;
	/** Whether its replicas are looked at; otherwise the source's status is all that is known. */
	readonly isObserved: boolean;
	readonly replicated: number;
	readonly replicatedBytes: number;
	readonly failed: number;
	/** On their way there. */
	readonly pending: number;
	readonly delays: DelayFacts;
};

export type RequestFigures = {
	readonly put: number;
	readonly list: number;
	readonly head: number;
	/** In US dollars, approximately: list prices of us-east-1 at `pricesOf`. Storage, transfer and replication are not in it. */
	readonly priceUsd: number;
	readonly pricesOf: string;
};

/** Arrivals in each of the last 60 seconds, oldest first; the last one is still going on. */
export type ArrivalRates = {
	readonly objects: readonly number[];
	readonly bytes: readonly number[];
};

/** `problems`: failed, unseen and slow first. `newest`: sent last. `slowest`: by delay, or age while pending. */
export type RowSort = 'problems' | 'newest' | 'slowest' | 'key';

export type RowQuery = {
	/** Part of a key or version id, or a state's name; upper and lower case are the same. */
	readonly filter?: string;
	readonly sort?: RowSort;
	readonly onlyFailed?: boolean;
	readonly offset: number;
	readonly limit: number;
};

/** Trouble with requests to one bucket: tried again, and said until an answer comes. */
export type WatchTrouble = {
	readonly bucket: string;
	readonly problem: Problem;
	readonly nextTryAt: number;
};

/**
 * A watch as it can be looked at. Times are milliseconds since 1970; `nowMs` decides what is slow.
 * While `isPaused`, a screen's clocks stand still.
 */
export type WatchView = {
	/** Another number whenever something visible has changed. */
	readonly revision: number;
	/** Calls back after every change; any number of changes may come in a second. Gives the function that ends it. */
	readonly subscribe: (listener: () => void) => () => void;
	readonly ends: WatchedEnds | undefined;
	readonly isPaused: boolean;
	/** Why the rest of the files wait for the first. */
	readonly probe: {readonly reason: string; readonly until: number} | undefined;
	readonly troubles: readonly WatchTrouble[];
	/** What stands in the way of files now, what is certain first. */
	readonly causes: readonly Cause[];
	/** Failed files that are sent again by themselves; nothing where there are none. */
	readonly resending: () => Resending | undefined;
	/** What cannot be seen in this watch, a sentence each. */
	readonly notes: readonly string[];
	/** What CloudWatch says of rules that have metrics; how old that is depends on the time it is shown. */
	readonly metrics: readonly ReplicationMetrics[];
	/** Whether anything is still to come of what was sent or found. */
	readonly isAnyOpen: boolean;
	readonly counts: (nowMs: number) => WatchCounts;
	/** As the contract counts; others' only where they are asked for. */
	readonly objectCounts: (includesOthers?: boolean) => ObjectCounts;
	/** The same with the watches of other buckets before this one in the run, as `run-finished` counts. */
	readonly runFigures: (includesOthers?: boolean) => {
		readonly objects: ObjectCounts;
		readonly delays: DelayFacts;
		readonly delaysLeftOut: number;
		/** The last of the watches of other buckets in which files failed. */
		readonly failedIn?: WatchedEnds | undefined;
	};
	readonly destinations: () => readonly DestinationFigures[];
	/** All delays, of every destination. */
	readonly delays: DelayFacts;
	/** How many are not among them, since nobody looked for a while. */
	readonly delaysLeftOut: number;
	readonly arrivals: (nowMs: number) => ArrivalRates;
	readonly requests: () => RequestFigures;
	/** Pending for longer than this is called slow; milliseconds. */
	readonly slowAfterMs: () => number;
	/** The window of a list, and how long the list is. Settled objects but the last 1,000 are in the exports only. */
	readonly rows: (
		query: RowQuery,
		nowMs: number,
	) => {readonly rows: readonly WatchedObject[]; readonly total: number};
	/** Where an object is in the whole list, from 0; nothing where it is not in it. */
	readonly placeOf: (
		id: string,
		query: Omit<RowQuery, 'offset' | 'limit'>,
		nowMs: number,
	) => number | undefined;
	readonly object: (id: string, nowMs: number) => ObjectDetails | undefined;
};

/** The bucket of a watch with the profiles that see it and its destinations, for a command that is printed. */
export function replicatedIn({sourceBucket, sourceProfile, destinations}: WatchedEnds): Replicated {
	return {
		bucket: sourceBucket,
		profile: sourceProfile,
		destinationProfiles: destinations.flatMap(({profile}) => profile ?? []),
	};
}

/** All objects that have failed. */
export function failedObjects(watch: Pick<WatchView, 'counts' | 'rows'>): readonly WatchedObject[] {
	return watch.rows({onlyFailed: true, offset: 0, limit: watch.counts(0).objects.failed}, 0).rows;
}

/** The same by their ids, to be sent again. */
export function failedIds(watch: WatchView): readonly string[] {
	return failedObjects(watch).map(({id}) => id);
}
