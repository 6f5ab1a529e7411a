import {testFileBody, testFileKey} from '../../domain/test-file.js';
import {inParallel} from './in-parallel.js';
import type {RunningWatch} from './running-watch.js';

const parallelUploads = 8;
const probeLimitMs = 30_000;
const probePollMs = 100;

/**
 * Uploads as many test files as are wanted, and more whenever more are.
 * After a new role or policy one goes first: S3 never tries a file again that came before the permissions had spread.
 */
export async function uploadFiles(watch: RunningWatch): Promise<void> {
	const {options, tracker, emit, signal} = watch;
	const {control, clock} = options;
	let sent = 0;
	if (options.isSetupNew && control.filesWanted() > 1) {
		await sendFile(++sent, watch);
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
		await inParallel(numbers, parallelUploads, async (number) => sendFile(number, watch));
		if (numbers.length > 0) continue;
		if (!control.staysOpen()) return;
		await control.changed(signal);
		if (signal.aborted) return;
	}
}

async function sendFile(number: number, {options, tracker, emit, signal}: RunningWatch): Promise<void> {
	const {clock, fileSizeBytes: sizeBytes, source} = options;
	const key = testFileKey(options.runId, number);
	emit({type: 'upload-started', key, sizeBytes});
	const body = testFileBody(key, sizeBytes);
	const {versionId} = await source.connection.objects.put(source.reference, {key, body}, signal);
	tracker.track({key, versionId, sizeBytes, isOurs: true, uploadedAt: clock.now(), resends: 0});
	emit({type: 'object-uploaded', key, versionId, sizeBytes, isOurs: true});
}
