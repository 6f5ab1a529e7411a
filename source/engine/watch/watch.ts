import {setMaxListeners} from 'node:events';
import type {RunEvent} from '../../domain/event.js';
import {createChannel} from '../channel.js';
import {askSource} from './ask-source.js';
import {createCauseSearch} from './find-causes.js';
import {createCauseTriggers} from './cause-triggers.js';
import {createNotifier, rest} from './notifier.js';
import {findOthers} from './find-others.js';
import {lookAtDestination} from './look-at-destination.js';
import {createMarkerFollower} from './follow-markers.js';
import {createRequestCounter} from './request-counter.js';
import {createRequestGate} from './request-gate.js';
import {createResendQueue} from './resend-queue.js';
import type {RunningWatch, WatchedEnd} from './running-watch.js';
import {steadyClock} from '../clock.js';
import {createTracker} from './tracker.js';
import {createUploads, type Uploads} from './upload-files.js';
import type {WatchedDestination, WatchOptions} from './watch-options.js';
import {watchStarted} from './watch-started.js';

const completionPollMs = 500;
const jumpMs = 5000;
const fewOpen = 20;

/**
 * Uploads test files and follows each at the source and at every destination until all have come to an end,
 * the time is over, or the signal fires. Throws the problem that makes going on pointless.
 */
export async function* watch(options: WatchOptions): AsyncGenerator<RunEvent, void> {
	const {destinations, control} = options;
	const channel = createChannel<RunEvent>();
	const stop = new AbortController();
	const signal = AbortSignal.any([options.signal, stop.signal]);
	// Every request under way listens to it; they are many on purpose.
	setMaxListeners(0, signal);
	const failures = createFailedKeys();
	const triggers = createCauseTriggers(
		destinations.map(({bucket}) => bucket),
		destinations.some(({isAbsent}) => isAbsent),
	);
	const emit = (event: RunEvent): void => {
		failures.note(event);
		triggers.note(event, clock.now());
		channel.send(event);
	};
	const counter = createRequestCounter();
	const clock = steadyClock(options.clock, () => tracker.interrupt());
	const resends = createResendQueue(options.changedAt);
	const tracker = createTracker(options, emit, (object) => resends.offer(object, clock.now()));

	const endOf = (watched: WatchedDestination): WatchedEnd => ({
		...watched,
		objects: counter.counted(watched.connection.objects),
		gate: createRequestGate({
			bucket: watched.reference.bucket,
			clock,
			emit,
			renewCredentials: () => watched.connection.renewCredentials(),
		}),
	});
	let pausedAt: number | undefined;
	const running: RunningWatch = {
		options,
		source: endOf(options.source),
		tracker,
		clock,
		emit,
		signal,
		isSendingFlatOut: () => uploads.isFlatOut,
		async whilePaused() {
			while (control.isPaused() && !signal.aborted) {
				if (pausedAt === undefined) {
					pausedAt = clock.now();
					emit({type: 'watch-paused'});
				}

				await rest(clock, undefined, [control.notifier], signal);
			}

			if (pausedAt === undefined || signal.aborted) return;
			pausedAt = undefined;
			tracker.interrupt();
			emit({type: 'watch-resumed'});
		},
	};

	emit(watchStarted(options));
	for (const {arrivedAt, ...object} of options.openObjects) tracker.track(object, arrivedAt);
	tracker.interrupt();

	const uploads = createUploads(running, resends);
	const search = options.lookForCauses && createCauseSearch(running, options.lookForCauses, triggers);
	const lastLook = createNotifier();
	/** When others' files were last looked for, where the watch is for them: those of its last moments belong to it. */
	let lookedAt = options.others && !options.others.isLimited ? -Infinity : Infinity;
	const looked = (at: number): void => {
		lookedAt = Math.max(lookedAt, at);
	};
	const inSight = destinations.flatMap(({watched}, index) => (watched ? [{end: endOf(watched), index}] : []));
	const markers = createMarkerFollower(
		running,
		inSight.map(({end}) => end),
	);
	const tasks = [
		uploads.run(),
		askSource(running),
		...inSight.map(({end, index}) => lookAtDestination(running, end, index)),
		...(search ? [search.run()] : []),
		...(options.others
			? [findOthers(running, options.others, lastLook, {looked, markerFound: markers.found}), markers.run()]
			: []),
	];
	const hasLookedSince = (at: number): boolean => {
		if (lookedAt < at) lastLook.notify();
		return lookedAt >= at;
	};
	const hasOnlyFailures = (): boolean => failures.hasAny && tracker.openCount === 0 && uploads.isIdle;
	const isHeld = (): boolean => control.staysOpen() || (options.staysForFailed === true && hasOnlyFailures());
	const isSettled = (at: number): boolean => hasLookedSince(at) && !search?.isBusy;
	void waitUntilComplete(running, uploads, isHeld, isSettled, () => {
		const made = counter.take();
		if (made) emit({type: 'requests-made', ...made});
	}).then(() => stop.abort());
	Promise.all(tasks).then(
		() => channel.close(),
		(error: unknown) => {
			// One task's failure ends the others; an end that was asked for is no failure.
			const wasAskedFor = signal.aborted;
			stop.abort();
			channel.close(wasAskedFor ? undefined : error);
		},
	);
	try {
		yield* channel.read();
	} finally {
		stop.abort();
	}
}

/** Waits until the watch is over: everything has come to its end and nothing more is wanted, or the time is over. */
async function waitUntilComplete(
	{options: {control, timeoutMs}, tracker, clock, signal, whilePaused}: RunningWatch,
	uploads: Uploads,
	/** Whether the watch goes on though nothing is waited for. */
	isHeld: () => boolean,
	/** Whether others' files were looked for at a time or later, which it sees to, and the causes of failures are known. */
	isSettled: (at: number) => boolean,
	onRound: () => void,
): Promise<void> {
	// The time limit is for waiting: it begins when nothing more is going to be uploaded, and stands still in a pause.
	let waitedSince: number | undefined;
	let toldAt = clock.now();
	let last = toldAt;
	while (!signal.aborted) {
		if (control.isPaused()) {
			await whilePaused();
			if (waitedSince !== undefined) waitedSince += clock.now() - last;
			last = clock.now();
			continue;
		}

		const now = clock.now();
		// The machine has slept, or its clock was set: that is no waiting.
		if (waitedSince !== undefined && now - last > completionPollMs + jumpMs) waitedSince += now - last;
		last = now;
		if (isHeld() || !uploads.isIdle) waitedSince = undefined;
		else waitedSince ??= now;
		if (now - toldAt >= completionPollMs) {
			toldAt = now;
			onRound();
		}

		const isDone = waitedSince !== undefined && isSettled(waitedSince) && tracker.openCount === 0;
		const isLate = waitedSince !== undefined && timeoutMs !== undefined && now - waitedSince >= timeoutMs;
		if (isDone || isLate) break;
		// While much is open each of its ends would only be asked about in vain.
		const notifiers = tracker.openCount > fewOpen ? [control.notifier] : [control.notifier, tracker.notifier];
		await rest(clock, completionPollMs, notifiers, signal);
	}

	onRound();
}

/** Which files have failed and were not sent again since. */
type FailedKeys = {
	readonly note: (event: RunEvent) => void;
	readonly hasAny: boolean;
};

function createFailedKeys(): FailedKeys {
	const keys = new Set<string>();
	return {
		note(event) {
			if (event.type === 'object-failed') keys.add(event.key);
			// Another version takes its place, be it ours or somebody else's.
			else if (
				event.type === 'upload-started' ||
				event.type === 'object-resent' ||
				event.type === 'object-uploaded'
			)
				keys.delete(event.key);
		},
		get hasAny() {
			return keys.size > 0;
		},
	};
}
