import type {RunEvent} from '../../domain/event.js';
import {testFileBody, testFileKey} from '../../domain/test-file.js';
import type {WatchOptions} from './watch-options.js';
import type {Tracker} from './tracker.js';

const parallelUploads = 8;
const probeLimitMs = 30_000;
const probePollMs = 100;

/**
 * Uploads as many test files as are wanted, and more whenever more are.
 * After a new role or policy one goes first: S3 never tries a file again that came before the permissions had spread.
 */
export async function uploadFiles(
	options: WatchOptions,
	tracker: Tracker,
	emit: (event: RunEvent) => void,
	signal: AbortSignal,
): Promise<void> {
	const {control, clock} = options;
	let sent = 0;
	if (options.isSetupNew && control.filesWanted() > 1) {
		await sendFile(options, tracker, emit, ++sent, signal);
		emit({
			type: 'probe-waited',
			reason: 'The first file goes alone until the new role and its policy have reached every part of AWS.',
			limitMs: probeLimitMs,
		});
		const until = clock.now() + probeLimitMs;
		while (!tracker.hasArrival() && clock.now() < until) await clock.wait(probePollMs, signal);
	}

	for (;;) {
		const numbers: number[] = [];
		while (sent < control.filesWanted()) numbers.push(++sent);
		await inParallel(numbers, parallelUploads, async (number) =>
			sendFile(options, tracker, emit, number, signal),
		);
		if (numbers.length > 0) continue;
		if (!control.staysOpen()) return;
		await control.changed(signal);
		if (signal.aborted) return;
	}
}

async function sendFile(
	options: WatchOptions,
	tracker: Tracker,
	emit: (event: RunEvent) => void,
	number: number,
	signal: AbortSignal,
): Promise<void> {
	const {clock, fileSizeBytes: sizeBytes, source} = options;
	const key = testFileKey(options.runId, number);
	emit({type: 'upload-started', key, sizeBytes});
	const body = testFileBody(key, sizeBytes);
	const {versionId} = await source.connection.objects.put(source.reference, {key, body}, signal);
	tracker.track({key, versionId, sizeBytes, isOurs: true, uploadedAt: clock.now(), resends: 0});
	emit({type: 'object-uploaded', key, versionId, sizeBytes, isOurs: true});
}

/** Runs a task for every item, at most so many at once. Throws the first failure. */
export async function inParallel<T>(
	items: readonly T[],
	limit: number,
	task: (item: T) => Promise<void>,
): Promise<void> {
	const waiting = [...items];
	const worker = async (): Promise<void> => {
		for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await task(item);
	};

	await Promise.all(Array.from({length: Math.min(limit, items.length)}, worker));
}
