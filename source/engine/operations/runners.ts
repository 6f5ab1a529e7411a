import type {PlannedOperation, UndoOperation} from '../../domain/operations/registry.js';
import type {StepAnswer} from '../../domain/take-back/written-step.js';
import type {UndoContext} from '../undo/undo-context.js';
import {createBucket, deleteBucket} from './create-bucket.js';
import {cancelJob, createJob} from './create-job.js';
import {createQueue, deleteQueue} from './create-queue.js';
import {createRole, deleteRole} from './create-role.js';
import {deleteObjects} from './delete-objects.js';
import {enableVersioning, restoreVersioning} from './enable-versioning.js';
import type {OperationContext} from './operation-context.js';
import {putBucketNotification, restoreBucketNotification} from './put-bucket-notification.js';
import {putBucketPolicy, restoreBucketPolicy} from './put-bucket-policy.js';
import {putKeyPolicy, restoreKeyPolicy} from './put-key-policy.js';
import {putReplication, restoreReplication} from './put-replication.js';
import {putRolePolicy, restoreRolePolicy} from './put-role-policy.js';
import {deleteReports, prepareReportFolder} from './report-folder.js';

/** What does operations of each kind; the compiler names a kind that has nothing to do it. */
type Runners<Operation extends {readonly kind: string}, Context, Answer> = {
	readonly [Kind in Operation['kind']]: (
		operation: Extract<Operation, {readonly kind: Kind}>,
		context: Context,
	) => Promise<Answer>;
};

const runners: Runners<PlannedOperation, OperationContext, StepAnswer | undefined> = {
	'create-bucket': createBucket,
	'enable-versioning': enableVersioning,
	'create-role': createRole,
	'put-role-policy': putRolePolicy,
	'put-bucket-policy': putBucketPolicy,
	'put-key-policy': putKeyPolicy,
	'put-replication': putReplication,
	'create-queue': createQueue,
	'put-bucket-notification': putBucketNotification,
	'report-folder': prepareReportFolder,
	'create-job': createJob,
};

const undoRunners: Runners<UndoOperation, UndoContext, void> = {
	'restore-replication': restoreReplication,
	'restore-bucket-policy': restoreBucketPolicy,
	'restore-key-policy': restoreKeyPolicy,
	'delete-role-policy': restoreRolePolicy,
	'restore-role-policy': restoreRolePolicy,
	'delete-role': deleteRole,
	'restore-versioning': restoreVersioning,
	'delete-objects': deleteObjects,
	'delete-bucket': deleteBucket,
	'delete-queue': deleteQueue,
	'restore-bucket-notification': restoreBucketNotification,
	'delete-reports': deleteReports,
	'cancel-job': cancelJob,
};

/**
 * Does one operation, and gives what AWS answered where that decides later whose it is. Safe to run twice.
 * Throws the problem that stopped it.
 */
export async function runOperation<Kind extends PlannedOperation['kind']>(
	operation: Extract<PlannedOperation, {readonly kind: Kind}>,
	context: OperationContext,
): Promise<StepAnswer | undefined> {
	return runners[operation.kind](operation, context);
}

/** Does one operation of an undo. Safe to run twice. Throws the problem that stopped it. */
export async function runUndoOperation<Kind extends UndoOperation['kind']>(
	operation: Extract<UndoOperation, {readonly kind: Kind}>,
	context: UndoContext,
): Promise<void> {
	return undoRunners[operation.kind](operation, context);
}
