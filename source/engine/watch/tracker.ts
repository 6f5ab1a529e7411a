import type {ReplicationStatus, RunEvent} from '../../domain/event.js';
import {fixable, type Problem} from '../../domain/problem.js';
import type {WatchOptions} from './watch-options.js';

/** One version of an object on its way. */
export type TrackedObject = {
	readonly key: string;
	readonly versionId: string;
	readonly sizeBytes: number;
	readonly isOurs: boolean;
	/** When its upload was finished, or when it was first seen. */
	readonly uploadedAt: number;
	/** How often the same file has been sent before. */
	readonly resends: number;
	/** What the source said last; `undefined` before it was asked. */
	status?: ReplicationStatus;
	/** When the source was last asked. */
	askedAt: number;
	/** Per destination bucket: when it was last looked for in vain, or that it has arrived. */
	readonly arrivals: Map<string, {readonly hasArrived: boolean; readonly lookedAt: number}>;
	/** FAILED, and when it is sent again. */
	resendAt?: number;
	isOver: boolean;
};

export type Tracker = {
	/** Begins to follow a version. */
	track(
		object: Pick<TrackedObject, 'key' | 'versionId' | 'sizeBytes' | 'isOurs' | 'uploadedAt' | 'resends'>,
	): void;
	/** The versions that still have something to come. */
	open(): readonly TrackedObject[];
	sourceSeen(object: TrackedObject, status: ReplicationStatus, at: number): void;
	destinationSeen(object: TrackedObject, bucket: string, hasArrived: boolean, at: number): void;
	/** Ends a version as failed. */
	fail(object: TrackedObject): void;
	/** Ends a version that somebody deleted while it was under way: nothing more will come of it. */
	vanish(object: TrackedObject): void;
	/** Ends a version that another one takes the place of. */
	replace(object: TrackedObject): void;
	/** Whether any file of this run has reached every destination. */
	hasArrival(): boolean;
	/** How many files this run has uploaded, each counted once however often it was sent. */
	ourCount(): number;
};

/** Keeps what is known of every version, and tells what is news. */
export function createTracker(options: WatchOptions, emit: (event: RunEvent) => void): Tracker {
	const objects = new Map<string, TrackedObject>();
	const watched = options.destinations.filter((destination) => destination.watched);
	let hasArrival = false;
	let ourCount = 0;
	const idOf = (key: string, versionId: string): string => `${key}\n${versionId}`;

	function closeIfDone(object: TrackedObject): void {
		const haveAllArrived = watched.every(({bucket}) => object.arrivals.get(bucket)?.hasArrived);
		if (watched.length > 0 && haveAllArrived) hasArrival = true;
		if (object.status !== 'COMPLETED' || !haveAllArrived) return;
		hasArrival = true;
		end(object);
	}

	function end(object: TrackedObject): void {
		object.isOver = true;
		objects.delete(idOf(object.key, object.versionId));
	}

	return {
		track(object) {
			const id = idOf(object.key, object.versionId);
			if (object.isOurs && object.resends === 0) ourCount++;
			objects.set(id, {...object, askedAt: object.uploadedAt, arrivals: new Map(), isOver: false});
		},
		open: () => [...objects.values()],
		sourceSeen(object, status, at) {
			if (object.isOver) return;
			const {key, versionId} = object;
			if (status !== object.status) emit({type: 'status-seen', key, versionId, status});
			object.status = status;
			if (status === 'COMPLETED' && watched.length === 0) {
				const delayMs = Math.max(0, at - object.uploadedAt);
				const uncertaintyMs = Math.min(delayMs, Math.max(0, at - object.askedAt));
				emit({type: 'object-replicated', key, versionId, destination: null, delayMs, uncertaintyMs});
			}

			object.askedAt = at;
			// No status at all: no rule takes this object. One of somebody else's is let go; ours would be a fault of the rule.
			if (status === null && !object.isOurs) end(object);
			else closeIfDone(object);
		},
		destinationSeen(object, bucket, hasArrived, at) {
			if (object.isOver || object.arrivals.get(bucket)?.hasArrived) return;
			const lookedAt = object.arrivals.get(bucket)?.lookedAt ?? object.uploadedAt;
			object.arrivals.set(bucket, {hasArrived, lookedAt: at});
			if (!hasArrived) return;
			const {key, versionId} = object;
			const delayMs = Math.max(0, at - object.uploadedAt);
			const uncertaintyMs = Math.min(delayMs, Math.max(0, at - lookedAt));
			emit({type: 'object-replicated', key, versionId, destination: bucket, delayMs, uncertaintyMs});
			closeIfDone(object);
		},
		fail(object) {
			const {key, versionId} = object;
			const missing = options.destinations.filter(({bucket}) => !object.arrivals.get(bucket)?.hasArrived);
			const destination = missing.length === 1 ? (missing[0]?.bucket ?? null) : null;
			emit({type: 'object-failed', key, versionId, destination, problem: failedProblem(object)});
			end(object);
		},
		vanish(object) {
			const {key, versionId} = object;
			emit({type: 'object-vanished', key, versionId});
			end(object);
		},
		replace: end,
		hasArrival: () => hasArrival,
		ourCount: () => ourCount,
	};
}

/** S3 gives no reason with the status. Source: S3 User Guide, "Getting replication status information". */
function failedProblem(object: TrackedObject): Problem {
	return fixable(
		'replication-failed',
		`Cannot replicate ${object.key}: S3 says FAILED`,
		'S3 gives no reason with the status. Most often the role may not read the source or write to the destination, or the bucket policy of the destination does not let it.',
		[
			'Run s3-replicate plan: it shows what differs from what replication needs.',
			'Look for a Deny in the bucket policies of source and destination.',
			'Send the file again when it is mended: S3 does not try a FAILED object again.',
		],
	);
}
