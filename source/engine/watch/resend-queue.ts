import type {NextSend} from '../../domain/event.js';
import {type Notifier, createNotifier} from './notifier.js';
import type {TrackedObject} from './tracked-object.js';
import type {ResendRequest} from './watch-options.js';
import {waits} from '../waits.js';

const resendLimit = 3;
const firstResendMs = 1000;

type Resend = ResendRequest & {readonly resends: number; readonly dueAt: number};

/** Files that are sent again by themselves, each time after a longer pause. */
export type ResendQueue = {
	/**
	 * Takes a version that S3 will not replicate, if another try is worth it, and gives when that is. FAILED is final: S3 does not try again. Soon after a change
	 * of this run it most likely came too early, so the file is sent anew.
	 * Source: S3 User Guide, "Getting replication status information"; IAM User Guide on changes that are not immediately visible.
	 */
	readonly offer: (
		object: Pick<TrackedObject, 'key' | 'versionId' | 'sizeBytes' | 'isOurs' | 'resends'>,
		now: number,
	) => NextSend | undefined;
	/** A person sends a file again: it is not sent twice. */
	readonly drop: (key: string) => void;
	readonly takeDue: (now: number) => readonly Resend[];
	readonly untilNextMs: (now: number) => number | undefined;
	readonly size: number;
	/** Notifies when something is to be sent again. */
	readonly notifier: Notifier;
};

/** @param changedAt when this run last changed permissions; absent: nothing is sent again by itself */
export function createResendQueue(changedAt: number | undefined): ResendQueue {
	const notifier = createNotifier();
	let waiting: Resend[] = [];
	return {
		notifier,
		offer({key, versionId, sizeBytes, isOurs, resends}, now) {
			const isEarly = changedAt !== undefined && now - changedAt < waits.resend.limitMs;
			if (!isOurs || !isEarly || resends >= resendLimit) return undefined;
			const delayMs = firstResendMs * 2 ** resends;
			waiting.push({key, versionId, sizeBytes, resends, dueAt: now + delayMs});
			notifier.notify();
			return {number: resends + 1, of: resendLimit, delayMs};
		},
		drop(key) {
			waiting = waiting.filter((one) => one.key !== key);
		},
		takeDue(now) {
			const due = waiting.filter(({dueAt}) => dueAt <= now);
			if (due.length > 0) waiting = waiting.filter(({dueAt}) => dueAt > now);
			return due;
		},
		untilNextMs: (now) =>
			waiting.length === 0 ? undefined : Math.max(1, Math.min(...waiting.map(({dueAt}) => dueAt)) - now),
		get size() {
			return waiting.length;
		},
	};
}
