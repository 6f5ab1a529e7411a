import type {BucketReference, Connection} from '../../aws/ports.js';
import {fixable, ProblemError} from '../../domain/problem.js';
import type {OwnFiles} from '../../domain/own-files.js';
import type {UndoOperation} from '../../domain/operations/registry.js';
import {takeStatementsAgain} from '../../domain/merge-again/take-statements-again.js';
import {deleteOwnFiles} from '../delete-own-files.js';
import {bucketPolicyOf, rolePolicyOf, versioningOf} from '../guarded-documents.js';
import {type GuardContext, writeGuarded} from '../guarded-write.js';
import {withRetries} from '../retry.js';
import {restoreReplication} from './restore-replication.js';
import {undoing} from './undoing.js';

export type UndoContext = GuardContext & {
	readonly connection: Connection;
	/** What tells the run's test files from others'. */
	readonly files: readonly OwnFiles[];
};

/** Does one operation of an undo. Safe to run twice. Throws the problem that stopped it. */
export async function runUndoOperation(operation: UndoOperation, context: UndoContext): Promise<void> {
	const {connection} = context;
	const {objects, roles} = connection;
	const {target, account, region} = operation;
	const reference: BucketReference = {bucket: target, region, accountId: account};

	switch (operation.kind) {
		case 'restore-replication': {
			return restoreReplication(operation, context);
		}

		case 'restore-bucket-policy': {
			const {before, after} = operation;
			const document = {before, after: after ?? undefined};
			await writeGuarded(
				{
					...bucketPolicyOf(connection, reference),
					...document,
					...undoing,
					mergeAgain: (now) => takeStatementsAgain(now, document),
				},
				context,
			);
			return;
		}

		case 'delete-role-policy':
		case 'restore-role-policy': {
			const {before, after, policyName} = operation;
			const document = {before, after: after ?? undefined};
			await writeGuarded(
				{
					...rolePolicyOf(connection, target, policyName),
					...document,
					...undoing,
					mergeAgain: (now) => takeStatementsAgain(now, document),
				},
				context,
			);
			return;
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
			const {before, after} = operation;
			await writeGuarded(
				{
					...versioningOf(connection, reference),
					before,
					after,
					...undoing,
					// What is not enabled any more needs nothing.
					mergeAgain: (now) => ({document: now?.Status === 'Enabled' ? after : now}),
				},
				context,
			);
			return;
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
