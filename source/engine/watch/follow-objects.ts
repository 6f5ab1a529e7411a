import {type Problem, problemFrom} from '../../domain/problem.js';
import {createForeignFinder} from './foreign-finder.js';
import {inParallel} from './in-parallel.js';
import {lookAt} from './look-at.js';
import type {RunningWatch} from './running-watch.js';
import type {Tracker} from './tracker.js';

const parallelRequests = 8;
const quickPollMs = 500;
const slowPollMs = 2000;
const quickForMs = 30_000;
const longestPauseMs = 30_000;

/** Problems that no waiting mends: going on would only repeat them. */
const lasting = new Set([
	'expired-credentials',
	'no-credentials',
	'not-allowed',
	'unknown-access-key',
	'wrong-secret',
	'clock-skew',
]);

/**
 * Asks the source and every destination about each open version, round after round: quickly while files are young, slower later,
 * and with growing pauses while requests fail. Ends when all is over, or when the time is.
 */
export async function followObjects(watch: RunningWatch): Promise<void> {
	const {options, tracker, emit, signal} = watch;
	const {clock, control, timeoutMs} = options;
	let waitingSince = clock.now();
	const foreign = options.followsOthers ? createForeignFinder(watch) : undefined;
	let failures = 0;
	for (;;) {
		try {
			await foreign?.look(signal);
			await inParallel(tracker.open(), parallelRequests, async (object) => lookAt(object, watch));
			failures = 0;
		} catch (error) {
			if (signal.aborted) throw error;
			failures++;
			const problem = problemFrom(error);
			const delayMs = Math.min(longestPauseMs, quickPollMs * 2 ** failures);
			if (isLasting(problem)) throw error;
			emit({type: 'request-failed', bucket: options.source.reference.bucket, problem, delayMs});
			await clock.wait(delayMs, signal);
		}

		if (isOver(watch)) return;
		// The time limit is for waiting: it begins when nothing more is going to be uploaded.
		if (control.staysOpen()) waitingSince = clock.now();
		if (timeoutMs !== undefined && clock.now() - waitingSince >= timeoutMs) return;
		await clock.wait(pollMs(tracker, clock.now()), signal);
	}
}

function isLasting(problem: Problem): boolean {
	return lasting.has(problem.code) || problem.kind === 'bug';
}

function isOver({options: {control}, tracker}: RunningWatch): boolean {
	return !control.staysOpen() && tracker.open().length === 0 && tracker.ourCount() >= control.filesWanted();
}

/** Quick while any file is young; S3 promises no time, so that an old one is asked about less often. */
function pollMs(tracker: Tracker, now: number): number {
	const open = tracker.open();
	const isAnyYoung = open.length === 0 || open.some((object) => now - object.uploadedAt < quickForMs);
	return isAnyYoung ? quickPollMs : slowPollMs;
}
