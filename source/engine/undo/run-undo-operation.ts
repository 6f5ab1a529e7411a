import type {BucketReference, Connection} from '../../aws/ports.js';
import {fixable, ProblemError} from '../../domain/problem.js';
import type {OwnFiles} from '../../domain/own-files.js';
import type {UndoOperation} from '../../domain/plan.js';
import {isSameConfiguration} from '../../domain/take-back-rules.js';
import {deleteOwnFiles} from '../delete-own-files.js';
import {readUntil, type RetryContext, withRetries} from '../retry.js';

export type UndoContext = RetryContext & {
	readonly connection: Connection;
	/** What tells the run's test files from others'. */
	readonly files: readonly OwnFiles[];
};

/** Does one operation of an undo. Safe to run twice. Throws the problem that stopped it. */
export async function runUndoOperation(operation: UndoOperation, context: UndoContext): Promise<void> {
	const {buckets, objects, roles} = context.connection;
	const {target, account, region} = operation;
	const reference: BucketReference = {bucket: target, region, accountId: account};
	const patiently = async (action: () => Promise<unknown>): Promise<void> => {
		await withRetries(action, () => undefined, context);
	};

	switch (operation.kind) {
		case 'restore-replication': {
			const {after} = operation;
			await patiently(async () =>
				after ? buckets.putReplication(reference, after) : buckets.deleteReplication(reference),
			);
			// Until S3 has seen it, it goes on copying, and what it still needs must not go.
			await readUntil(
				async () => buckets.getReplication(reference),
				(seen) => isSameConfiguration(seen, after ?? undefined),
				{reason: 'the change of the rules is not visible yet', limitMs: 120_000},
				context,
			);
			return;
		}

		case 'restore-bucket-policy': {
			const {after} = operation;
			return patiently(async () =>
				after ? buckets.putPolicy(reference, after) : buckets.deletePolicy(reference),
			);
		}

		case 'delete-role-policy': {
			return patiently(async () => roles.deletePolicy(target, operation.policyName));
		}

		case 'restore-role-policy': {
			return patiently(async () => roles.putPolicy(target, operation.policyName, operation.after));
		}

		case 'delete-role': {
			// The policies that went just before may be seen a little longer. Source: IAM User Guide, "Changes that I make are not always immediately visible".
			await withRetries(
				async () => roles.delete(target),
				({code}) =>
					code.startsWith('DeleteConflict')
						? {reason: 'the deleted policy is still seen in the role', limitMs: 20_000}
						: undefined,
				context,
			);
			return;
		}

		case 'restore-versioning': {
			return patiently(async () => buckets.suspendVersioning(reference));
		}

		case 'delete-objects': {
			for (const files of context.files) await deleteOwnFiles(objects, reference, files, context);
			return;
		}

		case 'delete-bucket': {
			return deleteBucket(reference, context);
		}
	}
}

/** A replica that was under way when the rule went may have arrived since: it goes as well. */
async function deleteBucket(reference: BucketReference, context: UndoContext): Promise<void> {
	const {connection, files} = context;
	try {
		await withRetries(
			async () => {
				for (const own of files) await deleteOwnFiles(connection.objects, reference, own, context);
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
