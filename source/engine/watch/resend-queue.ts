import {type Bell, createBell} from './bell.js';
import type {ResendWish} from './watch-options.js';

const resendWithinMs = 120_000;
const resendLimit = 3;
const firstResendMs = 1000;

type Resend = ResendWish & {readonly resends: number; readonly dueAt: number};

/** Files that are sent again by themselves, each time after a longer pause. */
export type ResendQueue = {
	/**
	 * Takes a version that S3 will not replicate, if another try is worth it. FAILED is final: S3 does not try again. Soon after a change
	 * of this run it most likely came too early, so the file is sent anew.
	 * Source: S3 User Guide, "Getting replication status information"; IAM User Guide on changes that are not immediately visible.
	 */
	offer(
		object: {
			readonly key: string;
			readonly versionId: string;
			readonly sizeBytes: number;
			readonly isOurs: boolean;
			readonly resends: number;
		},
		now: number,
	): boolean;
	takeDue(now: number): readonly Resend[];
	untilNextMs(now: number): number | undefined;
	readonly size: number;
	/** Rings when something is to be sent again. */
	readonly bell: Bell;
};

/** @param changedAt when this run last changed permissions; absent: nothing is sent again by itself */
export function createResendQueue(changedAt: number | undefined): ResendQueue {
	const bell = createBell();
	let waiting: readonly Resend[] = [];
	return {
		bell,
		offer({key, versionId, sizeBytes, isOurs, resends}, now) {
			const isEarly = changedAt !== undefined && now - changedAt < resendWithinMs;
			if (!isOurs || !isEarly || resends >= resendLimit) return false;
			const dueAt = now + firstResendMs * 2 ** resends;
			waiting = [...waiting, {key, versionId, sizeBytes, resends, dueAt}];
			bell.ring();
			return true;
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
