import type {ReplicationStatus, RunEvent} from '../../domain/event.js';
import {replicationFailed} from './replication-failed.js';
import {type Bell, createBell} from './bell.js';
import type {WatchOptions} from './watch-options.js';

/** One version of an object on its way. */
export type TrackedObject = {
	readonly key: string;
	readonly versionId: string;
	readonly sizeBytes: number;
	readonly isOurs: boolean;
	/** When its upload was finished, or when it was first seen. */
	uploadedAt: number;
	/** How often the same file has been sent before. */
	readonly resends: number;
	/** What the source said last, and when it said so first; `undefined` before it was asked. */
	status: ReplicationStatus | undefined;
	statusAt: number;
	/** When it was asked in vain before that. */
	statusNotBefore: number;
	/** When the source was last asked, how often, and when it is asked next. */
	askedAt: number;
	asks: number;
	nextAskAt: number;
	/** When it was seen at the last of its destinations. */
	arrivedAt: number;
	/** By destination: whether it has arrived, when it was last looked for in vain, and whether after the source's last word. */
	readonly hasArrived: boolean[];
	readonly lookedAt: number[];
	readonly isConfirmedMissing: boolean[];
	/** Nobody looked for a while since it was sent. */
	wasInterrupted: boolean;
	isUnseenTold: boolean;
	isOver: boolean;
};

export type NewObject = Pick<
	TrackedObject,
	'key' | 'versionId' | 'sizeBytes' | 'isOurs' | 'uploadedAt' | 'resends'
>;

/** Keeps what is known of every version that is on its way, and tells what is news. */
export type Tracker = {
	/** Begins to follow a version. */
	track(object: NewObject, arrivedAt?: readonly string[]): void;
	/** The versions that still have something to come. */
	open(): Iterable<TrackedObject>;
	readonly openCount: number;
	/** How many were ever followed. */
	readonly count: number;
	/** The versions that have not been seen at a destination, in the order of their keys. */
	missingAt(destination: number): readonly TrackedObject[];
	/** Whether replicas are looked for at a destination. */
	isObserved(destination: number): boolean;
	/** Whether any destination is looked at. */
	readonly isAnyObserved: boolean;
	/** Whether every destination is looked at, so that the source's word tells no arrival. */
	readonly areAllObserved: boolean;
	hasArrivedEverywhere(object: TrackedObject): boolean;
	/** The source has said a status: asked at a time, answered at another. */
	sourceSeen(object: TrackedObject, status: ReplicationStatus, askedAt: number, at: number): void;
	/** A version was seen at a destination, at a time. */
	arrive(object: TrackedObject, destination: number, at: number): void;
	/** A version was looked for in vain: the look began at a time. */
	miss(object: TrackedObject, destination: number, began: number): void;
	/** Whether anything has not been seen at a destination. */
	isAnyMissing(destination: number): boolean;
	/** A destination answers, or does not: what the source calls FAILED is waited for no longer there. */
	setReachable(destination: number, isReachable: boolean): void;
	/** The source cannot be asked any more: what has arrived everywhere is done. */
	trustArrivals(): void;
	/** Sends a version again instead of waiting for it, if that is worth a try. */
	sendAgain(object: TrackedObject): boolean;
	/** A destination cannot be looked at any more. */
	lose(destination: number): void;
	/** Ends a version that somebody deleted while it was under way: nothing more will come of it. */
	vanish(object: TrackedObject): void;
	/** Ends a version that another one takes the place of. */
	replace(object: TrackedObject): void;
	/** Nobody looked for a while: the delays of what is open say little. */
	interrupt(): void;
	/** Whether any file has arrived somewhere since the watch began. */
	readonly hasArrival: boolean;
	/** Calls back with every delay. Gives the function that ends it. */
	onArrival(listener: (delayMs: number) => void): () => void;
	/** Rings when something is followed that was not, and when something has come to its end. */
	readonly bell: Bell;
};

export function createTracker(
	options: Pick<WatchOptions, 'destinations'>,
	emit: (event: RunEvent) => void,
	/** Takes a version that will not be replicated to be sent again; gives whether it does. */
	arrangeResend: (object: TrackedObject) => boolean,
): Tracker {
	const objects = new Map<string, TrackedObject>();
	const {destinations} = options;
	const observed = destinations.map(({watched}) => watched !== undefined);
	const bell = createBell();
	const isReachable = destinations.map(() => true);
	const missingCounts = destinations.map(() => 0);
	const arrivalListeners = new Set<(delayMs: number) => void>();
	let needsStatus = true;
	let hasArrival = false;
	let count = 0;

	const hasArrivedEverywhere = (object: TrackedObject): boolean =>
		observed.every((isObserved, index) => !isObserved || object.hasArrived[index]);

	function end(object: TrackedObject): void {
		object.isOver = true;
		objects.delete(idOf(object));
		for (const index of destinations.keys()) {
			if (!object.hasArrived[index]) missingCounts[index] = (missingCounts[index] ?? 0) - 1;
		}

		bell.ring();
	}

	/** Says COMPLETED by the source's word for the destinations that cannot be looked at. */
	function endIfDone(object: TrackedObject): void {
		if (object.isOver || (needsStatus && object.status !== 'COMPLETED') || !hasArrivedEverywhere(object))
			return;
		if (!tracker.areAllObserved) tellArrival(object, null, object.statusAt, object.statusNotBefore);
		end(object);
	}

	function tellArrival(
		object: TrackedObject,
		destination: string | null,
		at: number,
		lookedAt: number,
	): void {
		const {key, versionId, uploadedAt, wasInterrupted} = object;
		const delayMs = Math.max(0, at - uploadedAt);
		const uncertaintyMs = wasInterrupted ? delayMs : Math.min(delayMs, Math.max(0, at - lookedAt));
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

	/** FAILED is final at the source; where it has not arrived by then, it never will. */
	function failIfCertain(object: TrackedObject): void {
		if (object.status !== 'FAILED' || object.isOver) return;
		const missing = [...destinations.keys()].filter((index) => !object.hasArrived[index]);
		const {key, versionId} = object;
		if (missing.length === 0) {
			end(object);
			return;
		}

		const isCertain =
			missing.length === 1 ||
			missing.every((index) => !observed[index] || !isReachable[index] || object.isConfirmedMissing[index]);
		if (!isCertain || sendAgain(object)) return;
		const only = missing.length === 1 ? destinations[missing[0] as number]?.bucket : undefined;
		emit({
			type: 'object-failed',
			key,
			versionId,
			destination: only ?? null,
			problem: replicationFailed(key),
		});
		end(object);
	}

	function sendAgain(object: TrackedObject): boolean {
		const isArranged = !object.isOver && arrangeResend(object);
		if (isArranged) end(object);
		return isArranged;
	}

	const tracker: Tracker = {
		track(given, arrivedAt = []) {
			const {uploadedAt} = given;
			count++;
			objects.set(idOf(given), {
				...given,
				status: undefined,
				statusAt: uploadedAt,
				statusNotBefore: uploadedAt,
				askedAt: uploadedAt,
				asks: 0,
				nextAskAt: uploadedAt,
				arrivedAt: uploadedAt,
				hasArrived: destinations.map(({bucket}) => arrivedAt.includes(bucket)),
				lookedAt: destinations.map(() => uploadedAt),
				isConfirmedMissing: destinations.map(() => false),
				wasInterrupted: false,
				isUnseenTold: false,
				isOver: false,
			});
			for (const [index, {bucket}] of destinations.entries()) {
				if (!arrivedAt.includes(bucket)) missingCounts[index] = (missingCounts[index] ?? 0) + 1;
			}

			bell.ring();
		},
		open: () => objects.values(),
		get openCount() {
			return objects.size;
		},
		get count() {
			return count;
		},
		missingAt(destination) {
			const missing: TrackedObject[] = [];
			for (const object of objects.values()) if (!object.hasArrived[destination]) missing.push(object);
			return missing.sort((left, right) => compareKeys(left.key, right.key));
		},
		isAnyMissing: (destination) => (missingCounts[destination] ?? 0) > 0,
		setReachable(destination, reachable) {
			if (isReachable[destination] === reachable) return;
			isReachable[destination] = reachable;
			for (const object of [...objects.values()]) failIfCertain(object);
		},
		trustArrivals() {
			needsStatus = false;
			for (const object of [...objects.values()]) endIfDone(object);
		},
		sendAgain,
		onArrival(listener) {
			arrivalListeners.add(listener);
			return () => arrivalListeners.delete(listener);
		},
		isObserved: (destination) => observed[destination] ?? false,
		get isAnyObserved() {
			return observed.some(Boolean);
		},
		get areAllObserved() {
			return observed.every(Boolean);
		},
		hasArrivedEverywhere,
		sourceSeen(object, status, askedAt, at) {
			if (object.isOver) return;
			const {key, versionId} = object;
			emit({type: 'status-seen', key, versionId, status});
			if (status !== object.status) {
				object.statusAt = at;
				object.statusNotBefore = object.askedAt;
			}

			object.status = status;
			object.askedAt = askedAt;
			object.asks++;
			// No status at all: no rule takes this object. One of somebody else's is let go; ours would be a fault of the rule.
			if (status === null && !object.isOurs) end(object);
			else endIfDone(object);
			failIfCertain(object);
		},
		arrive(object, destination, at) {
			if (object.isOver || object.hasArrived[destination]) return;
			object.hasArrived[destination] = true;
			object.arrivedAt = at;
			object.nextAskAt = at;
			missingCounts[destination] = (missingCounts[destination] ?? 0) - 1;
			tellArrival(
				object,
				destinations[destination]?.bucket ?? null,
				at,
				object.lookedAt[destination] ?? object.uploadedAt,
			);
			endIfDone(object);
			failIfCertain(object);
		},
		miss(object, destination, began) {
			if (object.isOver || object.hasArrived[destination]) return;
			object.lookedAt[destination] = Math.max(object.lookedAt[destination] ?? 0, began);
			if (object.status === undefined || object.statusAt > began) return;
			object.isConfirmedMissing[destination] = true;
			const bucket = destinations[destination]?.bucket;
			if (object.status === 'COMPLETED' && !object.isUnseenTold && bucket !== undefined) {
				object.isUnseenTold = true;
				const {key, versionId} = object;
				emit({type: 'object-unseen', key, versionId, destination: bucket});
			}

			failIfCertain(object);
		},
		lose(destination) {
			observed[destination] = false;
			for (const object of [...objects.values()]) {
				endIfDone(object);
				failIfCertain(object);
			}

			bell.ring();
		},
		vanish(object) {
			if (object.isOver) return;
			const {key, versionId} = object;
			// It has come to all of its destinations: what is deleted at the source then is no matter of the watch.
			if (!tracker.isAnyObserved || !hasArrivedEverywhere(object))
				emit({type: 'object-vanished', key, versionId});
			end(object);
		},
		replace: end,
		interrupt() {
			for (const object of objects.values()) object.wasInterrupted = true;
		},
		get hasArrival() {
			return hasArrival;
		},
		bell,
	};
	return tracker;
}

function idOf({key, versionId}: {readonly key: string; readonly versionId: string}): string {
	return `${key}\n${versionId}`;
}

/** S3 lists keys in the order of their UTF-8 bytes, which is that of their code points. */
export function compareKeys(left: string, right: string): number {
	if (left === right) return 0;
	const length = Math.min(left.length, right.length);
	for (let index = 0; index < length; index++) {
		const one = left.charCodeAt(index);
		const other = right.charCodeAt(index);
		if (one === other) continue;
		const isOneHigh = one >= 0xd8_00 && one <= 0xdf_ff;
		const isOtherHigh = other >= 0xd8_00 && other <= 0xdf_ff;
		// Code points above U+FFFF are two surrogates, which come before U+E000 to U+FFFF as numbers and behind them in S3.
		if (isOneHigh !== isOtherHigh) return isOneHigh ? 1 : -1;
		return one - other;
	}

	return left.length - right.length;
}
