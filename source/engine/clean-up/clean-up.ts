import type {RunEvent} from '../../domain/event.js';
import type {OwnFiles} from '../../domain/record/own-files.js';
import {deletionOf} from '../../domain/operations/delete-objects.js';
import type {Clock} from '../clock.js';
import {deleteOwnFiles} from './delete-own-files.js';
import type {FoundReplication} from '../watch/find-replication.js';
import {runOperations} from '../run-operations.js';
import type {WatchedDestination} from '../watch/watch-options.js';

/**
 * Deletes the versions of test files that a run uploaded and their replicas, at the source and at every destination that can be reached.
 * What others wrote stays, and be it on the same keys.
 * A delete that names a version is never replicated, so that each bucket has its own.
 * Source: S3 User Guide, "What does Amazon S3 replicate?" and "Deleting object versions".
 */
export async function* cleanUp(
	files: OwnFiles,
	found: Pick<FoundReplication, 'source' | 'destinations'>,
	options: {readonly clock: Clock; readonly signal: AbortSignal},
): AsyncGenerator<RunEvent, void> {
	const ends = new Map<string, WatchedDestination>();
	for (const end of [
		found.source,
		...found.destinations.flatMap(({watched}) => (watched ? [watched] : [])),
	]) {
		ends.set(end.reference.bucket, end);
	}

	const operations = [...ends].map(([target, {reference}]) =>
		deletionOf(
			{
				side: reference === found.source.reference ? 'source' : 'destination',
				target,
				change: 'delete',
				account: reference.accountId,
				region: reference.region,
				requires: [],
			},
			files.prefix,
		),
	);
	yield {type: 'operations-added', operations};
	yield* runOperations({
		operations,
		async run({target}, context) {
			const {connection, reference} = ends.get(target) as WatchedDestination;
			const {othersCount, example = ''} = await deleteOwnFiles(connection.objects, reference, files, {
				...context,
				tellingRetries: connection.tellingRetries,
			});
			if (othersCount > 0) context.onNote(leftOthers(othersCount, example));
		},
		...options,
	});
}

function leftOthers(count: number, example: string): string {
	const what = count === 1 ? '1 version or marker stays' : `${count} versions or markers stay`;
	return `${what}: not uploaded by this run (${example}${count > 1 ? ', …' : ''})`;
}
