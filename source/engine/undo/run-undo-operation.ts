import type {BucketReference} from '../../aws/ports.js';
import type {UndoOperation} from '../../domain/operations/registry.js';
import {takeStatementsAgain} from '../../domain/merge-again/take-statements-again.js';
import {deleteOwnFiles} from '../delete-own-files.js';
import {bucketPolicyOf, rolePolicyOf, versioningOf} from '../guarded-documents.js';
import {writeGuarded} from '../guarded-write.js';
import {deleteOwnBucket} from './delete-own-bucket.js';
import {deleteOwnRole} from './delete-own-role.js';
import {restoreReplication} from './restore-replication.js';
import type {UndoContext} from './undo-context.js';
import {undoing} from './undoing.js';

/** Does one operation of an undo. Safe to run twice. Throws the problem that stopped it. */
export async function runUndoOperation(operation: UndoOperation, context: UndoContext): Promise<void> {
	const {connection} = context;
	const {objects} = connection;
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
			return deleteOwnRole(operation, context);
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
			return deleteOwnBucket(operation, reference, context);
		}
	}
}
