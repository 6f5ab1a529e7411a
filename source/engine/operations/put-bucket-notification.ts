import {
	addedEntry,
	entriesTaking,
	failureEvent,
	withEntry,
	withoutEntry,
} from '../../domain/operations/notification-entries.js';
import type {
	PutBucketNotification,
	RestoreBucketNotification,
} from '../../domain/operations/put-bucket-notification.js';
import type {AwsErrorResponse} from '../../domain/problem.js';
import {notificationsOf} from '../guarded/guarded-documents.js';
import {writeGuarded} from '../guarded/guarded-write.js';
import type {UndoContext} from '../undo/undo-context.js';
import {writeBack} from '../undo/write-back.js';
import {type RetryRule, waits} from '../waits.js';
import type {OperationContext} from './operation-context.js';
import {targetOf} from '../connections.js';

/**
 * Adds the run's entry to where the bucket sends its events. S3 tries to send first: a queue that was just made may not be known to it yet.
 * Where somebody asked for the same events meanwhile, a person has to decide. Source: S3 API Reference, PutBucketNotificationConfiguration.
 */
export async function putBucketNotification(
	operation: PutBucketNotification,
	context: OperationContext,
): Promise<undefined> {
	const {side, before, after} = operation;
	const entry = addedEntry(before, after);
	await writeGuarded(
		{
			...notificationsOf(context.connections[side], targetOf(operation)),
			before,
			after,
			isNew: false,
			mergeAgain: (now = {}) =>
				entry && entriesTaking(failureEvent, withoutEntry(now, entry)).length === 0
					? {document: withEntry(now, entry)}
					: undefined,
			retryRuleFor: newQueueRetryRule,
		},
		context,
	);
	return undefined;
}

/** S3 says so of a queue that it does not find or may not send to, and of events that it took to go elsewhere a moment ago. */
function newQueueRetryRule({code, message}: AwsErrorResponse): RetryRule | undefined {
	if (code !== 'InvalidArgument') return undefined;
	if (/Unable to validate the following destination/.test(message)) return waits.newQueueAtS3;
	return /ambiguously defined/.test(message) ? waits.eventsTaken : undefined;
}

/** Takes the run's entry out of where the bucket sends its events; what somebody added since stays. */
export async function restoreBucketNotification(
	operation: RestoreBucketNotification,
	context: UndoContext,
): Promise<void> {
	const entry = addedEntry(operation.after, operation.before);
	await writeBack(
		notificationsOf(context.connection, targetOf(operation)),
		operation,
		(now = {}) => ({document: entry ? withoutEntry(now, entry) : now}),
		context,
	);
}
