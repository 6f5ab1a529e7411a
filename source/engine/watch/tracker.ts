import type {NextSend, ReplicationStatus, RunEvent} from '../../domain/event.js';
import {type Notifier, createNotifier} from './notifier.js';
import {compareKeys} from '../../domain/compare-keys.js';
import {failedDestinations, hasArrivedEverywhere, isConfirmedMissing, type Sight} from './object-sights.js';
import {type NewObject, newTrackedObject, type TrackedObject} from './tracked-object.js';
import type {WatchOptions} from './watch-options.js';
import {singleEndpoint} from '../../domain/endpoint/service-endpoints.js';
import {diagnoseStep} from '../../domain/answers/command-line.js';
import {fixable, type Problem} from '../../domain/problem.js';

/** Keeps what is known of every version that is on its way, and tells what is news. */
export type Tracker = {
	/** Begins to follow a version. */
	readonly track: (object: NewObject, arrivedAt?: readonly string[]) => void;
	/** The versions that still have something to come. */
	readonly open: () => Iterable<TrackedObject>;
	readonly openCount: number;
	/** How many were ever followed. */
	readonly count: number;
	/** The versions that have not been seen at a destination, in the order of their keys. */
	readonly missingAt: (destination: number) => readonly TrackedObject[];
	/** Whether any destination is looked at. */
	readonly isAnyObserved: boolean;
	/** Whether every destination is looked at, so that the source's word tells no arrival. */
	readonly areAllObserved: boolean;
	readonly hasArrivedEverywhere: (object: TrackedObject) => boolean;
	/** The source has said a status: asked at a time, answered at another. */
	readonly sourceSeen: (
		object: TrackedObject,
		status: ReplicationStatus,
		askedAt: number,
		at: number,
	) => void;
	/** A version was seen at a destination, at a time. */
	readonly arrive: (object: TrackedObject, destination: number, at: number) => void;
	/** A version was looked for in vain: the look began at a time. */
	readonly miss: (object: TrackedObject, destination: number, began: number) => void;
	/** Whether anything has not been seen at a destination. */
	readonly isAnyMissing: (destination: number) => boolean;
	/** A destination answers, or does not: what the source calls FAILED is waited for no longer there. */
	readonly setReachable: (destination: number, isReachable: boolean) => void;
	/** The source says nothing of a version: it is done once it has arrived everywhere. */
	readonly trustArrivals: (object: TrackedObject) => void;
	/** Sends a version again instead of waiting for it, if that is worth a try. */
	readonly sendAgain: (object: TrackedObject) => boolean;
	/** A destination cannot be looked at any more. */
	readonly lose: (destination: number) => void;
	/** Ends a version that somebody deleted while it was under way: nothing more will come of it. */
	readonly markDeletedAtSource: (object: TrackedObject) => void;
	/** Nobody looked for a while: the delays of what is open say little. */
	readonly interrupt: () => void;
	/** How often that has been. */
	readonly interruptions: number;
	/** Whether any file has arrived somewhere since the watch began. */
	readonly hasArrival: boolean;
	/** Calls back with every delay. Gives the function that ends it. */
	readonly onArrival: (listener: (delayMs: number) => void) => () => void;
	/** Notifies when something is followed that was not, and when something has come to its end. */
	readonly notifier: Notifier;
};

export function createTracker(
	options: Pick<WatchOptions, 'destinations' | 'source'>,
	emit: (event: RunEvent) => void,
	/** Takes a version that will not be replicated to be sent again; gives when that is, and nothing where it is not. */
	arrangeResend: (object: TrackedObject) => NextSend | undefined,
): Tracker {
	const objects = new Set<TrackedObject>();
	const buckets = options.destinations.map(({bucket}) => bucket);
	const sights = options.destinations.map(({watched}): Sight => ({
		isObserved: watched !== undefined,
		isReachable: true,
	}));
	const nowhere: readonly boolean[] = buckets.map(() => false);
	const missingCounts = buckets.map(() => 0);
	const notifier = createNotifier();
	const arrivalListeners = new Set<(delayMs: number) => void>();
	let hasArrival = false;
	let count = 0;
	let interruptions = 0;

	function countMissing({hasArrived}: TrackedObject, sign: 1 | -1): void {
		for (const [index, isThere] of hasArrived.entries()) {
			if (!isThere) missingCounts[index] = (missingCounts[index] ?? 0) + sign;
		}
	}

	function end(object: TrackedObject): void {
		object.isOver = true;
		objects.delete(object);
		countMissing(object, -1);
		notifier.notify();
	}

	/** Ends what the source calls COMPLETED and has been seen everywhere; its word counts for the destinations that cannot be looked at. */
	function endIfDone(object: TrackedObject): void {
		const {isOver, status, statusAfterMs, statusNotBeforeMs, isClosed, arrivedAfterMs} = object;
		const isTold = status === 'COMPLETED';
		if (isOver || !hasArrivedEverywhere(object, sights)) return;
		// Where nothing is looked at any more, nothing tells.
		if (!isTold && !(isClosed && tracker.isAnyObserved)) return;
		if (!tracker.areAllObserved) {
			if (isTold) tellArrival(object, null, statusAfterMs, statusNotBeforeMs);
			else tellArrival(object, null, arrivedAfterMs, 0);
		}

		end(object);
	}

	function endIfFailed(object: TrackedObject): void {
		const missing = object.isOver ? undefined : failedDestinations(object, sights);
		if (!missing) return;
		const {key, versionId} = object;
		const only = missing.length === 1 ? buckets[missing[0] as number] : undefined;
		if (missing.length > 0) {
			const problem = replicationFailed(key, options);
			const sendingAgain = arrangeResend(object);
			emit({
				type: 'object-failed',
				key,
				versionId,
				destination: only ?? null,
				problem,
				...(sendingAgain ? {sendingAgain} : {}),
			});
		}

		end(object);
	}

	function endIfCertain(object: TrackedObject): void {
		endIfDone(object);
		endIfFailed(object);
	}

	/** What is known of destinations has changed, and with it what is certain. */
	function endAllCertain(): void {
		for (const object of [...objects]) endIfCertain(object);
	}

	function tellArrival(
		object: TrackedObject,
		destination: string | null,
		afterMs: number,
		notBeforeMs: number,
	): void {
		const {key, versionId, wasInterrupted, uploadWithinMs} = object;
		const delayMs = Math.max(0, afterMs);
		const withinMs = Math.max(0, afterMs - notBeforeMs) + uploadWithinMs;
		const uncertaintyMs = wasInterrupted ? delayMs : Math.min(delayMs, withinMs);
		hasArrival = true;
		for (const listener of arrivalListeners) listener(delayMs);
		emit({
			type: 'object-replicated',
			key,
			versionId,
			destination,
			delayMs,
			uncertaintyMs,
			...(wasInterrupted ? {wasInterrupted} : {}),
		});
	}

	function sendAgain(object: TrackedObject): boolean {
		const isArranged = !object.isOver && arrangeResend(object) !== undefined;
		if (isArranged) end(object);
		return isArranged;
	}

	const tracker: Tracker = {
		track(given, arrivedAt = []) {
			const hasArrived =
				arrivedAt.length === 0 ? nowhere : buckets.map((bucket) => arrivedAt.includes(bucket));
			const object = newTrackedObject(given, hasArrived);
			count++;
			objects.add(object);
			countMissing(object, 1);
			notifier.notify();
		},
		open: () => objects,
		get openCount() {
			return objects.size;
		},
		get count() {
			return count;
		},
		missingAt(destination) {
			const missing: TrackedObject[] = [];
			for (const object of objects) if (!object.hasArrived[destination]) missing.push(object);
			return missing.sort((left, right) => compareKeys(left.key, right.key));
		},
		isAnyMissing: (destination) => (missingCounts[destination] ?? 0) > 0,
		setReachable(destination, isReachable) {
			const sight = sights[destination];
			if (!sight || sight.isReachable === isReachable) return;
			sight.isReachable = isReachable;
			endAllCertain();
		},
		trustArrivals(object) {
			object.isClosed = true;
			endIfCertain(object);
		},
		sendAgain,
		onArrival(listener) {
			arrivalListeners.add(listener);
			return () => arrivalListeners.delete(listener);
		},
		get isAnyObserved() {
			return sights.some(({isObserved}) => isObserved);
		},
		get areAllObserved() {
			return sights.every(({isObserved}) => isObserved);
		},
		hasArrivedEverywhere: (object) => hasArrivedEverywhere(object, sights),
		sourceSeen(object, status, askedAt, at) {
			if (object.isOver) return;
			const {key, versionId, uploadedAt} = object;
			emit({type: 'status-seen', key, versionId, status});
			if (status !== object.status) {
				object.statusAfterMs = Math.round(at - uploadedAt);
				object.statusNotBeforeMs = object.askedAfterMs;
			}

			object.status = status;
			object.askedAfterMs = Math.round(askedAt - uploadedAt);
			object.asks++;
			// No status at all, or that of a replica: no rule takes this object. One of somebody else's is let go; ours would be a fault of the rule.
			if ((status === null || status === 'REPLICA') && !object.isOurs) {
				emit({type: 'object-unmatched', key, versionId});
				end(object);
			} else endIfCertain(object);
		},
		arrive(object, destination, at) {
			if (object.isOver || object.hasArrived[destination]) return;
			const afterMs = Math.round(at - object.uploadedAt);
			object.hasArrived = object.hasArrived.with(destination, true);
			object.arrivedAfterMs = afterMs;
			object.nextAskAfterMs = afterMs;
			missingCounts[destination] = (missingCounts[destination] ?? 0) - 1;
			tellArrival(object, buckets[destination] ?? null, afterMs, object.lookedAfterMs[destination] ?? 0);
			endIfCertain(object);
		},
		miss(object, destination, began) {
			if (object.isOver || object.hasArrived[destination]) return;
			const {lookedAfterMs, key, versionId} = object;
			const afterMs = Math.round(began - object.uploadedAt);
			lookedAfterMs[destination] = Math.max(lookedAfterMs[destination] ?? 0, afterMs);
			if (!isConfirmedMissing(object, destination)) return;
			const bucket = buckets[destination];
			if (object.status === 'COMPLETED' && !object.isUnseenTold && bucket !== undefined) {
				object.isUnseenTold = true;
				emit({type: 'object-unseen', key, versionId, destination: bucket});
			}

			endIfFailed(object);
		},
		lose(destination) {
			const sight = sights[destination];
			if (sight) sight.isObserved = false;
			endAllCertain();
			notifier.notify();
		},
		markDeletedAtSource(object) {
			if (object.isOver) return;
			const {key, versionId} = object;
			// It has come to all of its destinations: what is deleted at the source then is no matter of the watch.
			if (!tracker.isAnyObserved || !hasArrivedEverywhere(object, sights))
				emit({type: 'object-deleted-at-source', key, versionId});
			end(object);
		},
		interrupt() {
			interruptions++;
			for (const object of objects) object.wasInterrupted = true;
		},
		get interruptions() {
			return interruptions;
		},
		get hasArrival() {
			return hasArrival;
		},
		notifier,
	};
	return tracker;
}

/** FAILED: S3 gives no reason with the status. Source: S3 User Guide, "Getting replication status information". */
function replicationFailed(
	key: string,
	{source, destinations}: Pick<WatchOptions, 'source' | 'destinations'>,
): Problem {
	const {profile, endpoints} = source.connection;
	const of = {
		...{bucket: source.reference.bucket, profile},
		destinationProfiles: destinations.flatMap(({watched}) => watched?.connection.profile ?? []),
	};
	return fixable(
		'replication-failed',
		`${key} was not replicated (status FAILED)`,
		'S3 gives no reason with the status. Most often the role lacks permissions, or the destination’s policy keeps it out.',
		[
			diagnoseStep(of, singleEndpoint([endpoints]) ?? null),
			'Look for a Deny in the bucket policies of source and destination.',
			'Fix the cause, then upload the file again: S3 does not retry a FAILED object.',
		],
	);
}
