import type {BucketReference} from '../../aws/ports.js';
import type {DeleteBucket} from '../../domain/operations/delete-bucket.js';
import {fixable, ProblemError} from '../../domain/problem.js';
import {changedSettings} from '../../domain/undo/own-bucket.js';
import {deleteOwnFiles} from '../delete-own-files.js';
import {readUntil, withRetries} from '../retry.js';
import type {UndoContext} from './undo-context.js';

/**
 * Deletes a bucket, unless somebody has put something into it or changed a setting since this was planned: immediately before,
 * everything is read again. A replica that was under way when the rule went may have arrived since: it goes as well.
 * Throws the problem of a bucket that stays.
 */
export async function deleteOwnBucket(
	operation: DeleteBucket,
	reference: BucketReference,
	context: UndoContext,
): Promise<void> {
	const {connection, files} = context;
	try {
		await withRetries(
			async () => {
				for (const own of files) await deleteOwnFiles(connection.objects, reference, own, context);
				await throwUnlessAsPlanned(operation, reference, context);
				await connection.buckets.delete(reference);
			},
			({code}) =>
				code === 'BucketNotEmpty'
					? {reason: 'something is still seen in the bucket', limitMs: 6000}
					: undefined,
			context,
		);
	} catch (error) {
		if (!(error instanceof ProblemError)) throw error;
		if (error.answer?.code === 'NoSuchBucket') return;
		if (error.answer?.code !== 'BucketNotEmpty') throw error;
		throw new ProblemError(
			fixable(
				'bucket-not-empty',
				`Cannot delete ${reference.bucket}: something was put into it meanwhile`,
				error.problem.cause,
				['It stays. Empty it, or run the same undo again: it leaves the bucket alone while others use it.'],
			),
			error.answer,
		);
	}
}

/** What the undo has taken out just before may be seen a little longer; a setting that it never writes may not have changed at all. */
async function throwUnlessAsPlanned(
	{image: planned}: DeleteBucket,
	reference: BucketReference,
	context: UndoContext,
): Promise<void> {
	const {buckets, settings} = context.connection;
	const {differences, documents} = await readUntil(
		async () => {
			const [image, rules, policy] = await Promise.all([
				settings.getImage(reference),
				buckets.getReplication(reference),
				buckets.getPolicy(reference),
			]);
			return {
				differences: planned ? changedSettings(planned, image) : [],
				documents: [...(rules ? ['its replication rules'] : []), ...(policy ? ['its policy'] : [])],
			};
		},
		(seen) => seen.documents.length === 0 || seen.differences.length > 0,
		() => ({reason: 'what was taken out of the bucket is still seen', limitMs: 6000}),
		context,
	);
	const changed = [...documents, ...differences];
	if (changed.length === 0) return;
	throw new ProblemError(
		fixable(
			'changed-meanwhile',
			`Cannot delete ${reference.bucket}: somebody changed it while changes were taken back`,
			`Another than when the undo was planned: ${changed.join(', ')}. The bucket was left as it is.`,
			['Run the same undo again: it leaves the bucket alone while others use it.'],
		),
	);
}
