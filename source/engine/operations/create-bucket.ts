import {answerOf, fixable, ProblemError} from '../../domain/problem.js';
import type {CreateBucket, DeleteBucket} from '../../domain/operations/create-bucket.js';
import type {StepAnswer} from '../../domain/take-back/written-step.js';
import {withRetries, readUntil} from '../retry.js';
import type {OperationContext} from './operation-context.js';
import type {BucketReference} from '../../aws/ports.js';
import {changedSettings} from '../../domain/take-back/own-bucket.js';
import {deleteOwnFiles} from '../clean-up/delete-own-files.js';
import type {UndoContext} from '../undo/undo-context.js';
import {targetOf} from '../connections.js';
import {waits} from '../waits.js';

/**
 * Creates the bucket in its region, and gives whether it was this run that created it. A bucket that this account owns already is
 * left as it is, and is not the run's. Elsewhere the answer says so; us-east-1 answers 200 for one's own bucket as well, and resets its
 * ACL, so there it is looked for immediately before. Where an answer was lost and the call made again, nobody knows.
 * Source: S3 API Reference, CreateBucket, "BucketAlreadyOwnedByYou".
 */
export async function createBucket(operation: CreateBucket, context: OperationContext): Promise<StepAnswer> {
	const {buckets} = context.connections[operation.side];
	const reference = targetOf(operation);
	let attempts = 0;
	return withRetries(async (): Promise<StepAnswer> => {
		const isFirst = ++attempts === 1;
		if (reference.region === 'us-east-1') {
			const {state} = await buckets.head(reference).catch(unlessRefused);
			if (state === 'existing') return {created: isFirst ? 'no' : 'unknown'};
		}

		const answer = await buckets.create(reference, {
			namespace: operation.after.BucketNamespace,
			isLocked: operation.after.ObjectLockEnabledForBucket,
		});
		if (answer.state === 'created') {
			context.createdTargets.created(operation.id);
			return {created: 'yes'};
		}

		return {created: isFirst && answer.isCertain ? 'no' : 'unknown'};
	}, context);
}

/** What cannot be looked at is found out by creating it. */
function unlessRefused(error: unknown): {readonly state: 'forbidden'} {
	if ((answerOf(error)?.httpStatus ?? 500) < 500) return {state: 'forbidden'};
	throw error;
}

/**
 * Deletes a bucket, unless somebody has put something into it or changed a setting since this was planned: immediately before,
 * everything is read again. A replica that was under way when the rule went may have arrived since: it goes as well.
 * Throws the problem of a bucket that stays.
 */
export async function deleteBucket(operation: DeleteBucket, context: UndoContext): Promise<void> {
	const {connection, files} = context;
	const reference = targetOf(operation);
	try {
		await withRetries(
			async () => {
				for (const own of files) await deleteOwnFiles(connection.objects, reference, own, context);
				await throwUnlessAsPlanned(operation, reference, context);
				await connection.buckets.delete(reference);
			},
			context,
			({code}) => (code === 'BucketNotEmpty' ? waits.bucketNotEmpty : undefined),
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
			const [image, rules, policy] = await withRetries(
				async () =>
					Promise.all([
						settings.getImage(reference),
						buckets.getReplication(reference),
						buckets.getPolicy(reference),
					]),
				context,
			);
			return {
				differences: planned ? changedSettings(planned, image) : [],
				documents: [...(rules ? ['its replication rules'] : []), ...(policy ? ['its policy'] : [])],
			};
		},
		(seen) => seen.documents.length === 0 || seen.differences.length > 0,
		() => waits.bucketDocuments,
		context,
	);
	const changed = [...documents, ...differences];
	if (changed.length === 0) return;
	throw new ProblemError(
		fixable(
			'changed-meanwhile',
			`Cannot delete ${reference.bucket}: somebody changed it meanwhile`,
			`Another than when the undo was planned: ${changed.join(', ')}. The bucket was left as it is.`,
			['Run the same undo again: it leaves the bucket alone while others use it.'],
		),
	);
}
