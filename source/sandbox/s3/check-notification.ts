import {type NotificationConfiguration, type QueueConfiguration} from '@aws-sdk/client-s3';
import {invalidArgument, s3Error} from './errors.js';
import {notificationEvents} from './notification-events.js';

type Target = Pick<QueueConfiguration, 'Id' | 'Events' | 'Filter'>;

/**
 * Throws what S3 answers to notifications that it does not take. Filters: recorded in
 * TestS3BucketNotificationConfiguration; ARNs: third-party; that the destination is there, as S3 demands, cannot be
 * checked: the sandbox has no queues, topics and functions.
 */
export function checkNotification(configuration: NotificationConfiguration): void {
	const targets: readonly (Target & {readonly arn: string | undefined; readonly service: string})[] = [
		...(configuration.QueueConfigurations ?? []).map((one) => ({...one, arn: one.QueueArn, service: 'sqs'})),
		...(configuration.TopicConfigurations ?? []).map((one) => ({...one, arn: one.TopicArn, service: 'sns'})),
		...(configuration.LambdaFunctionConfigurations ?? []).map((one) => ({
			...one,
			arn: one.LambdaFunctionArn,
			service: 'lambda',
		})),
	];
	for (const {arn = '', service, Events, Filter} of targets) {
		for (const rule of Filter?.Key?.FilterRules ?? []) {
			if (rule.Name === undefined || rule.Value === undefined) throw s3Error('MalformedXML');
			if (!['prefix', 'suffix'].includes(rule.Name.toLowerCase())) {
				throw invalidArgument(
					'filter rule name must be either prefix or suffix',
					'FilterRule.Name',
					rule.Name,
				);
			}
		}
		if ((Events ?? []).length === 0) throw s3Error('MalformedXML');
		const unknown = Events?.find((event) => !notificationEvents.has(event));
		if (unknown !== undefined) {
			throw invalidArgument('A specified event is not supported for notifications.', 'Event', unknown);
		}
		if (!new RegExp(`^arn:[\\w-]+:${service}:[\\w-]+:\\d{12}:.+$`).test(arn)) {
			throw invalidArgument('The ARN is not well formed', 'ARN', arn);
		}
	}
}

/** S3 names the configurations that have no Id (S3 API reference, QueueConfiguration). */
export function withIds(
	configuration: NotificationConfiguration,
	newId: () => string,
): NotificationConfiguration {
	const named = <One extends Target>(all: One[] | undefined): One[] | undefined =>
		all?.map((one) => ({...one, Id: one.Id ?? newId()}));
	const {QueueConfigurations, TopicConfigurations, LambdaFunctionConfigurations, ...rest} = configuration;
	return {
		...rest,
		QueueConfigurations: named(QueueConfigurations),
		TopicConfigurations: named(TopicConfigurations),
		LambdaFunctionConfigurations: named(LambdaFunctionConfigurations),
	};
}
