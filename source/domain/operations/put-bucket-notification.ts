import {notificationEntries, type NotificationConfiguration} from '../observed/notification-configuration.js';
import type {OperationBase} from '../take-back/operation.js';
import {type Group, stepFor, undoOf} from '../take-back/recorded-group.js';
import {gone, type TakeBackContext, type TakenBack} from '../take-back/take-back-context.js';
import type {PlannedEnd} from './plan-context.js';
import type {Kind, PlannedKind} from './kind.js';
import {
	addedEntry,
	isSameNotifications,
	type QueueEntry,
	withEntry,
	withoutEntry,
} from './notification-entries.js';
import {isTexts, listOf, orAbsent, shaped} from '../take-back/shape.js';

const isNotification = shaped({QueueConfigurations: orAbsent(listOf(shaped({Events: isTexts})))});

export type PutBucketNotification = OperationBase & {
	readonly kind: 'put-bucket-notification';
	readonly before: NotificationConfiguration;
	readonly after: NotificationConfiguration;
};

export type RestoreBucketNotification = OperationBase & {
	readonly kind: 'restore-bucket-notification';
	readonly before: NotificationConfiguration;
	readonly after: NotificationConfiguration;
};

const countOf = (configuration: NotificationConfiguration): number =>
	notificationEntries(configuration).length;

const detail = ({before, after}: Pick<PutBucketNotification, 'before' | 'after'>): string =>
	`${countOf(before)} → ${countOf(after)} destinations of events`;

const restoreBucketNotification: Kind<RestoreBucketNotification> = {
	kind: 'restore-bucket-notification',
	words: {
		plan: 'Restore events',
		keep: 'Keep failure events',
		doing: 'Restoring events',
		done: 'Events restored',
	},
	noun: 'the event notifications of',
	detail,
};

export const putBucketNotification: PlannedKind<PutBucketNotification, RestoreBucketNotification> = {
	kind: 'put-bucket-notification',
	words: {
		plan: 'Send failure events',
		keep: 'Keep failure events',
		doing: 'Asking for failure events',
		done: 'Failure events asked for',
	},
	noun: 'the event notifications of',
	detail,
	on: 'bucket',
	remaining: {noun: 'event notification'},
	needs: {bucket: ['s3:GetBucketNotification', 's3:PutBucketNotification']},
	undoNeeds: {},
	// No replication takes one: `watch --reasons` plans it, see `plan-reasons.ts`.
	plan: () => [],
	mayBeAt: () => false,
	takesEffectLate: false,
	recorded: {before: isNotification, after: isNotification},
	undoReadings: ['notifications'],
	undoKinds: {'restore-bucket-notification': restoreBucketNotification},
	takeBack,
};

/** Has a bucket send the events of an entry to its queue, beside what it sends already. */
export function notificationFor(
	{bucket, accountId, region}: PlannedEnd,
	before: NotificationConfiguration,
	entry: QueueEntry,
	requires: readonly string[],
): PutBucketNotification {
	const after = withEntry(before, entry);
	return {
		id: 'put-bucket-notification',
		kind: 'put-bucket-notification',
		side: 'source',
		target: bucket,
		change: countOf(before) === 0 ? 'create' : after === before ? 'keep' : 'update',
		account: accountId,
		region,
		requires,
		before,
		after,
	};
}

/** Takes the entries of a run out of where a bucket sends its events; those of others stay as they are. */
function takeBack(
	group: Group<PutBucketNotification>,
	{observed: {buckets}}: TakeBackContext,
): TakenBack<RestoreBucketNotification> {
	const bucket = buckets[group.target];
	const now = (bucket?.state === 'owned' ? bucket.notifications : undefined) ?? {};
	let after = now;
	for (const {operation} of group.all) {
		const entry = addedEntry(operation.before, operation.after);
		if (entry) after = withoutEntry(after, entry);
	}

	const isSame = isSameNotifications(now, after);
	const operation = {
		...undoOf(group, restoreBucketNotification.kind, []),
		change: isSame ? ('keep' as const) : ('update' as const),
		before: now,
		after,
	};
	return {step: stepFor(group, operation, isSame ? gone('it is gone') : undefined)};
}
