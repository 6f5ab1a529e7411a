import {keptFilesWarning, objectLockCheck} from '../../../domain/checks/object-lock-check.js';
import type {RunEvent} from '../../../domain/event.js';
import {type KeptFiles, keptFiles} from '../../../domain/observed/kept-files.js';
import type {Clock} from '../../../engine/clock.js';
import type {WatchedDestination} from '../../../engine/watch/watch-options.js';
import type {WatchRequest} from './watch-request.js';

/**
 * Where a default retention keeps what a watch is about to send, told as the check of a set-up tells it. What may not be read is left out:
 * a watch needs no permission for it. Source: S3 API Reference, GetObjectLockConfiguration (s3:GetBucketObjectLockConfiguration).
 */
export async function tellKeptFiles(
	{source, destinations, fileCount, isChecked = false}: WatchRequest,
	{emit, clock, signal}: {emit: (event: RunEvent) => void; clock: Clock; signal: AbortSignal},
): Promise<readonly KeptFiles[]> {
	if (isChecked || fileCount === 0) return [];
	const read = async ({reference, connection}: WatchedDestination) => ({
		bucket: reference.bucket,
		lock: await connection.settings.getObjectLock(reference, signal).catch(() => undefined),
	});
	const [here, there] = await Promise.all([
		read(source),
		Promise.all(destinations.flatMap(({watched}) => watched ?? []).map(read)),
	]);
	const kept = keptFiles(here, there, clock.now());
	const {id, title, group} = objectLockCheck;
	for (const one of kept)
		emit({
			type: 'check-finished',
			...{id, title, group},
			...keptFilesWarning(one, 'Upload nothing: --follow watches what others write.'),
		});
	return kept;
}
