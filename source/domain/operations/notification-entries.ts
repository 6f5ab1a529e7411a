import {
	notificationEntries,
	type NotificationConfiguration,
	type NotificationEntry,
} from '../observed/notification-configuration.js';
import {isSameValue} from '../same-value.js';

/** What a run adds to where a bucket sends its events. */
export type QueueEntry = {readonly Id: string; readonly QueueArn: string; readonly Events: readonly string[]};

/** The event of an object that could not be replicated. Source: S3 User Guide, "Supported event types". */
export const failureEvent = 's3:Replication:OperationFailedReplication';

/** Those that take an event, too, whichever keys they are for: S3 refuses a second destination of the same event whose keys may be the same. */
export function entriesTaking(
	event: string,
	configuration: NotificationConfiguration,
): readonly NotificationEntry[] {
	const group = event.slice(0, event.lastIndexOf(':') + 1);
	return notificationEntries(configuration).filter(({Events: events}) =>
		events.some((one) => one === event || one === `${group}*`),
	);
}

/** The configuration with an entry more; what others have in it stays as it is. */
export function withEntry(
	configuration: NotificationConfiguration,
	entry: QueueEntry,
): NotificationConfiguration {
	const {QueueConfigurations: queues = []} = configuration;
	if (queues.some((one) => isOwn(one, entry))) return configuration;
	return {...configuration, QueueConfigurations: [...queues, entry]};
}

/** The configuration without an entry; what others have in it stays as it is. */
export function withoutEntry(
	configuration: NotificationConfiguration,
	entry: QueueEntry,
): NotificationConfiguration {
	const {QueueConfigurations: queues = [], ...others} = configuration;
	const left = queues.filter((one) => !isOwn(one, entry));
	if (left.length === queues.length) return configuration;
	return left.length === 0 ? others : {...others, QueueConfigurations: left};
}

/** The entry that a configuration has and another has not. */
export function addedEntry(
	before: NotificationConfiguration,
	after: NotificationConfiguration,
): QueueEntry | undefined {
	const {QueueConfigurations: had = []} = before;
	const {QueueConfigurations: has = []} = after;
	return has.find(({Id: id}) => !had.some((one) => one.Id === id)) as QueueEntry | undefined;
}

function isOwn({Id: id, QueueArn: arn}: NotificationEntry, entry: QueueEntry): boolean {
	return id === entry.Id && arn === entry.QueueArn;
}

/** Equal by meaning: the order of entries and of their events says nothing. */
export function isSameNotifications(
	left: NotificationConfiguration | undefined,
	right: NotificationConfiguration | undefined,
): boolean {
	return isSameValue(inOrder(left), inOrder(right));
}

function inOrder(configuration: NotificationConfiguration = {}): unknown {
	return Object.fromEntries(
		Object.entries(configuration).map(([name, value]) => [
			name,
			Array.isArray(value) ? sorted(value) : value,
		]),
	);
}

function sorted(entries: readonly NotificationEntry[]): readonly unknown[] {
	return entries
		.map((entry) => ({...entry, Events: [...entry.Events].sort()}))
		.sort((one, other) => ((one.Id ?? '') < (other.Id ?? '') ? -1 : 1));
}
