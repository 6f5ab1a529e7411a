import {createDelayHistogram} from '../../domain/watch/delay-histogram.js';
import {problemFrom} from '../../domain/problem.js';
import {createAskPace} from './ask-pace.js';
import {rest} from './notifier.js';
import {inParallel} from '../in-parallel.js';
import {failureKind} from './request-gate.js';
import type {RunningWatch, WatchedEnd} from './running-watch.js';
import type {TrackedObject} from './tracked-object.js';

const roundMs = 250;
/** How often an object is asked about again: each time after a quarter of the time waited so far, and at most so long. */
const againPart = 0.25;
const minAgainMs = 500;
const longestAgainMs = 60_000;
/** An object without any status was sent before its rule was seen everywhere, or no rule takes it. */
const unmatchedMs = 10_000;
/** What has arrived is confirmed after the uploads, unless so much is open by then that it takes memory. */
const maxUnconfirmed = 10_000;

/** What asking needs of a watch. */
type AskingWatch = Omit<RunningWatch, 'options' | 'source'> & {
	readonly source: Pick<WatchedEnd, 'reference' | 'gate'> & {
		readonly objects: Pick<WatchedEnd['objects'], 'headVersion'>;
	};
};

/**
 * Asks the source for the status of objects: of those that have arrived, to confirm it; of some that are overdue;
 * where no destination can be looked at, of every one again and again. A refusal is about one object: another account may own it, or
 * its key is closed; the others are asked about. Ends with the signal.
 * Source: S3 User Guide, "Access control list (ACL) overview"; S3 API Reference, HeadObject.
 */
export async function askSource(watch: AskingWatch): Promise<void> {
	const {tracker, source, clock, signal, emit} = watch;
	let isRefusalTold = false;
	const pace = createAskPace(clock.now());
	const delays = createDelayHistogram();
	const seen = tracker.onArrival((delayMs) => delays.add(delayMs));
	try {
		while (!signal.aborted) {
			await watch.whilePaused();
			if (tracker.openCount === 0) {
				await rest(clock, undefined, [tracker.notifier], signal);
				continue;
			}

			const due = dueAt(clock.now());
			if (due.length > 0) {
				await inParallel(due, pace.atOnce, ask);
				pace.roundOver();
			}

			await clock.wait(roundMs, signal);
		}
	} finally {
		seen();
	}

	/** Which objects are to be asked about now. */
	function dueAt(now: number): readonly TrackedObject[] {
		const {isAnyObserved} = tracker;
		// A question costs this program as much as an upload, and tells nothing new of what has been seen everywhere.
		const isConfirming =
			!tracker.areAllObserved || !watch.isSendingFlatOut() || tracker.openCount >= maxUnconfirmed;
		const due: TrackedObject[] = [];
		const overdue: TrackedObject[] = [];
		const size = pace.sampleSize(now, tracker.count);
		const overdueAfterMs = pace.overdueAfterMs(delays);
		const blindAfterMs = pace.blindAfterMs(delays);
		for (const object of tracker.open()) {
			const ageMs = now - object.uploadedAt;
			if (object.nextAskAfterMs > ageMs || (object.isClosed && isAnyObserved)) continue;
			if (!isAnyObserved) {
				if (object.asks > 0 || ageMs >= blindAfterMs) due.push(object);
			} else if (tracker.hasArrivedEverywhere(object)) {
				if (isConfirming && ageMs - object.arrivedAfterMs >= pace.confirmAfterMs) due.push(object);
			} else if (size > 0 && ageMs >= overdueAfterMs && !isSettledAtSource(object)) overdue.push(object);
		}

		if (overdue.length === 0) return due;
		// Those that were never asked about, then those whose answer is oldest.
		overdue.sort((left, right) => left.asks - right.asks || askedAtOf(left) - askedAtOf(right));
		return [...due, ...overdue.slice(0, size)];
	}

	async function ask(object: TrackedObject): Promise<void> {
		const kind = tracker.hasArrivedEverywhere(object) && tracker.isAnyObserved ? 'confirm' : 'overdue';
		const passed = await source.gate.pass(signal);
		const began = clock.now();
		try {
			const answer = await source.objects.headVersion(source.reference, object, signal);
			source.gate.succeed(passed);
			if (answer.state === 'absent') {
				tracker.markDeletedAtSource(object);
				return;
			}

			const isNews = answer.status !== 'PENDING' && answer.status !== null;
			pace.answered(kind, isNews);
			tracker.sourceSeen(object, answer.status, began, clock.now());
			const ageMs = clock.now() - object.uploadedAt;
			const waitedMs = kind === 'confirm' ? ageMs - object.arrivedAfterMs : ageMs;
			if (answer.status === null && waitedMs >= unmatchedMs) tracker.sendAgain(object);
			const pauseMs = Math.min(longestAgainMs, Math.max(minAgainMs, waitedMs * againPart));
			object.nextAskAfterMs = Math.round(ageMs + pauseMs);
		} catch (error) {
			if (signal.aborted) throw error;
			const problem = problemFrom(error);
			if (problem.kind === 'bug') throw error;
			// What answers in place of S3 may be a network's sign-in page: told, and asked again.
			if (failureKind(error) !== 'final' || problem.code === 'unexpected-answer') {
				source.gate.fail(error);
				return;
			}

			object.nextAskAfterMs = Math.round(clock.now() - object.uploadedAt + longestAgainMs);
			if (problem.code !== 'not-allowed') return;
			// Nothing else could tell what becomes of the files.
			if (!tracker.isAnyObserved && object.isOurs) throw error;
			pace.answered(kind, false);
			if (!isRefusalTold) emit({type: 'status-lost', bucket: source.reference.bucket, problem});
			isRefusalTold = true;
			tracker.trustArrivals(object);
		}
	}
}

function askedAtOf({uploadedAt, askedAfterMs}: TrackedObject): number {
	return uploadedAt + askedAfterMs;
}

/** Whether the source has said its last word. */
function isSettledAtSource({status}: TrackedObject): boolean {
	return status === 'COMPLETED' || status === 'FAILED';
}
