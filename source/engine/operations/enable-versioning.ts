import type {EnableVersioning, RestoreVersioning} from '../../domain/operations/enable-versioning.js';
import {referenceOf, targetOf} from '../connections.js';
import {versioningOf} from '../guarded/guarded-documents.js';
import {writeGuarded} from '../guarded/guarded-write.js';
import type {OperationContext} from './operation-context.js';
import {newBucketRetryRule} from './retry-rules.js';
import type {UndoContext} from '../undo/undo-context.js';
import {writeBack} from '../undo/write-back.js';

/**
 * Enables versioning. What needs it may be written while it is read back: S3 refuses a rule that comes too early, and it is tried again.
 * Source: S3 User Guide, "Enabling versioning on buckets".
 */
export async function enableVersioning(
	operation: EnableVersioning,
	context: OperationContext,
): Promise<undefined> {
	const {connections, plan, createdTargets} = context;
	const {side, before, after} = operation;
	await writeGuarded(
		{
			...versioningOf(connections[side], referenceOf(plan[side])),
			before,
			after,
			isNew: createdTargets.isNew(`create-bucket:${side}`),
			// Whatever it is by now, it is to be enabled.
			mergeAgain: () => ({document: after}),
			retryRuleFor: newBucketRetryRule(plan, side),
		},
		context,
	);
	return undefined;
}

/** Suspends versioning again. */
export async function restoreVersioning(operation: RestoreVersioning, context: UndoContext): Promise<void> {
	await writeBack(
		versioningOf(context.connection, targetOf(operation)),
		operation,
		// What is not enabled any more needs nothing.
		(now, {after}) => ({document: now?.Status === 'Enabled' ? after : now}),
		context,
	);
}
