import type {RunEvent} from '../../domain/event.js';
import {type Problem, problemFrom} from '../../domain/problem.js';
import {testFileBody} from '../../domain/test-file.js';
import type {WatchOptions} from './watch-options.js';
import {createForeignFinder} from './foreign-finder.js';
import type {TrackedObject, Tracker} from './tracker.js';
import {inParallel} from './upload-files.js';

const parallelRequests = 8;
const quickPollMs = 500;
const slowPollMs = 2000;
const quickForMs = 30_000;
const resendWithinMs = 120_000;
const resendLimit = 3;
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
 * and with growing pauses while requests fail. Ends when all is over, or when the time is; then aborts `stop`, so that the uploads end too.
 */
export async function followObjects(
	options: WatchOptions,
	tracker: Tracker,
	emit: (event: RunEvent) => void,
	stop: AbortController,
): Promise<void> {
	const {clock, control, timeoutMs} = options;
	const {signal} = stop;
	let waitingSince = clock.now();
	const foreign = options.followsOthers ? createForeignFinder(options, tracker, emit) : undefined;
	let failures = 0;
	for (;;) {
		try {
			await foreign?.look(signal);
			await inParallel(tracker.open(), parallelRequests, async (object) =>
				lookAt(object, options, tracker, emit, signal),
			);
			failures = 0;
		} catch (error) {
			if (signal.aborted) throw error;
			failures++;
			const problem = problemFrom(error);
			const delayMs = Math.min(longestPauseMs, quickPollMs * 2 ** failures);
			if (isLasting(problem)) throw error;
			emit({type: 'request-failed', problem, delayMs});
			await clock.wait(delayMs, signal);
		}

		if (isOver(options, tracker)) break;
		// The time limit is for waiting: it begins when nothing more is going to be uploaded.
		if (control.staysOpen()) waitingSince = clock.now();
		if (timeoutMs !== undefined && clock.now() - waitingSince >= timeoutMs) break;
		await clock.wait(pollMs(tracker, clock.now()), signal);
	}

	stop.abort();
}

function isLasting(problem: Problem): boolean {
	return lasting.has(problem.code) || problem.kind === 'bug';
}

function isOver({control}: WatchOptions, tracker: Tracker): boolean {
	return !control.staysOpen() && tracker.open().length === 0 && tracker.ourCount() >= control.filesWanted();
}

/** Quick while any file is young; S3 promises no time, so that an old one is asked about less often. */
function pollMs(tracker: Tracker, now: number): number {
	const open = tracker.open();
	const isAnyYoung = open.length === 0 || open.some((object) => now - object.uploadedAt < quickForMs);
	return isAnyYoung ? quickPollMs : slowPollMs;
}

async function lookAt(
	object: TrackedObject,
	options: WatchOptions,
	tracker: Tracker,
	emit: (event: RunEvent) => void,
	signal: AbortSignal,
): Promise<void> {
	const {clock, source} = options;
	const destinations = options.destinations.flatMap(({watched}) => (watched ? [watched] : []));
	await Promise.all([
		...destinations
			.filter(({reference}) => !object.arrivals.get(reference.bucket)?.hasArrived)
			.map(async ({reference, connection}) => {
				const answer = await connection.objects.headVersion(reference, object, signal);
				tracker.destinationSeen(object, reference.bucket, answer.state === 'present', clock.now());
			}),
		(async () => {
			if (object.status === 'COMPLETED' && destinations.length > 0) return;
			const answer = await source.connection.objects.headVersion(source.reference, object, signal);
			// Deleted by somebody while it was under way: nothing more will come of it.
			if (answer.state === 'absent') tracker.replace(object);
			else tracker.sourceSeen(object, answer.status, clock.now());
		})(),
	]);
	if (object.status === 'FAILED' && !object.isOver)
		await resendOrFail(object, options, tracker, emit, signal);
}

/**
 * FAILED is final: S3 does not try again. Soon after a change of this run it most likely came too early, so the file is sent anew.
 * Source: S3 User Guide, "Getting replication status information"; IAM User Guide on changes that are not immediately visible.
 */
async function resendOrFail(
	object: TrackedObject,
	options: WatchOptions,
	tracker: Tracker,
	emit: (event: RunEvent) => void,
	signal: AbortSignal,
): Promise<void> {
	const {clock, source, changedAt} = options;
	const isEarly = changedAt !== undefined && clock.now() - changedAt < resendWithinMs;
	if (!object.isOurs || !isEarly || object.resends >= resendLimit) {
		tracker.fail(object);
		return;
	}

	const {key, sizeBytes} = object;
	await clock.wait(1000 * 2 ** object.resends, signal);
	const {versionId} = await source.connection.objects.put(
		source.reference,
		{key, body: testFileBody(key, sizeBytes)},
		signal,
	);
	tracker.replace(object);
	tracker.track({
		key,
		versionId,
		sizeBytes,
		isOurs: true,
		uploadedAt: clock.now(),
		resends: object.resends + 1,
	});
	emit({type: 'object-resent', key, versionId, replaces: object.versionId, sizeBytes});
}
