/** Where some events go, in the words of the S3 API. Unknown members are kept as they came. */
export type NotificationEntry = {
	readonly Id?: string;
	readonly Events: readonly string[];
	readonly QueueArn?: string;
	readonly TopicArn?: string;
	readonly LambdaFunctionArn?: string;
	readonly [member: string]: unknown;
};

/** Where a bucket sends its events. Source: S3 API Reference, NotificationConfiguration. */
export type NotificationConfiguration = {
	readonly QueueConfigurations?: readonly NotificationEntry[];
	readonly TopicConfigurations?: readonly NotificationEntry[];
	readonly LambdaFunctionConfigurations?: readonly NotificationEntry[];
	readonly [member: string]: unknown;
};

/** All entries of a configuration, wherever they send. */
export function notificationEntries({
	QueueConfigurations: queues = [],
	TopicConfigurations: topics = [],
	LambdaFunctionConfigurations: functions = [],
}: NotificationConfiguration): readonly NotificationEntry[] {
	return [...queues, ...topics, ...functions];
}
