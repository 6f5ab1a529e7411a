import type {ReasonCode} from '../../domain/diagnose/reason-codes.js';
import type {Cause, ReplicationStatus} from '../../domain/event.js';
import type {Problem} from '../../domain/problem.js';
import type {Direction} from '../../domain/direction.js';
import type {ToldReason} from '../../domain/diagnose/told-failure.js';

/**
 * Where an object is on its way. `slow`: pending for longer than the larger of `minSlowMs` and p99; that is no error.
 * `unseen`: the source says COMPLETED, and it is not seen at every destination. `failed` is final: S3 does not try again.
 * `deletedAtSource`: somebody deleted the version at the source while it was under way. `unmatched`: somebody else's that no rule takes.
 * `deleteMarker`: no object, but the marker that somebody deleted one with; nothing waits for it.
 */
export type ObjectState =
	| 'uploading'
	| 'pending'
	| 'slow'
	| 'unseen'
	| 'failed'
	| 'replicated'
	| 'deletedAtSource'
	| 'unmatched'
	| 'deleteMarker';

/** When a replica was seen: it arrived between `delayMs - uncertaintyMs` and `delayMs` after the upload. */
export type Arrival = {
	readonly delayMs: number;
	readonly uncertaintyMs: number;
	/** Nobody looked for a while before: the delay says nothing about S3, and is shown nowhere. */
	readonly wasInterrupted?: boolean;
};

/** One object as it was at one moment. The same value is given as long as nothing of it has changed. */
export type WatchedObject = {
	/** What it is known by; its key, where it is no delete marker. */
	readonly id: string;
	readonly key: string;
	/** The newest version; `undefined` before it is uploaded. */
	readonly versionId?: string;
	readonly sizeBytes: number;
	/** Whether this run uploaded it. */
	readonly isOurs: boolean;
	/** Which way it goes in a two-way watch: `back`, from a destination to the source. */
	readonly direction?: Direction;
	/** Of one that goes back: the destination it comes from. */
	readonly from?: string;
	readonly state: ObjectState;
	/** Of a delete marker: the buckets to which a rule replicates it. */
	readonly markerTo?: readonly string[];
	/** When its upload began, for others' when it was first seen; milliseconds since 1970. */
	readonly startedAt: number;
	readonly uploadedAt?: number;
	/** What the source said last; absent where it was not asked yet. */
	readonly status?: ReplicationStatus;
	/** By destination bucket; under the empty name what only the source's status tells. */
	readonly arrivals: Readonly<Record<string, Arrival>>;
	/** How often it was sent again. */
	readonly resends: number;
	readonly problem?: Problem;
	/** Why the newest version failed, in S3's own words; absent where no event told. */
	readonly reasons?: readonly ToldReason[];
	/** Why it has not arrived: AWS's reason, or one of ours, once it is known. */
	readonly reason?: ReasonCode;
};

/** What happened to an object, in the order in which it did; for the details. */
export type Moment =
	| {readonly at: number; readonly what: 'upload-started'}
	| {readonly at: number; readonly what: 'uploaded'; readonly versionId: string}
	| {readonly at: number; readonly what: 'found'; readonly versionId: string}
	/** The source was asked: what it said, and how often in a row; `at` is the first time, `lastAt` the last. */
	| {
			readonly at: number;
			readonly what: 'asked';
			readonly status: ReplicationStatus;
			readonly lastAt: number;
			readonly times: number;
	  }
	/** `destination` is `null` where only the source's status tells. */
	| ({readonly at: number; readonly what: 'arrived'; readonly destination: string | null} & Arrival)
	| {readonly at: number; readonly what: 'unseen'; readonly destination: string}
	| {readonly at: number; readonly what: 'failed'; readonly problem: Problem}
	/** S3's own event said why it failed. */
	| ({readonly at: number; readonly what: 'told'} & ToldReason)
	| {readonly at: number; readonly what: 'resent'; readonly versionId: string}
	| {readonly at: number; readonly what: 'deletedAtSource'};

export type ObjectDetails = WatchedObject & {
	readonly timeline: readonly Moment[];
	/** All that is known of the reason. */
	readonly cause?: Cause;
};
