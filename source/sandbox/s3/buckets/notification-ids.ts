import {type NotificationConfiguration, type QueueConfiguration} from '@aws-sdk/client-s3';

/** S3 names the configurations that have no Id (S3 API reference, QueueConfiguration). */
export function withNotificationIds(
	configuration: NotificationConfiguration,
	newId: () => string,
): NotificationConfiguration {
	const named = <One extends Pick<QueueConfiguration, 'Id'>>(all: One[] | undefined): One[] | undefined =>
		all?.map((one) => ({...one, Id: one.Id ?? newId()}));
	const {QueueConfigurations, TopicConfigurations, LambdaFunctionConfigurations, ...rest} = configuration;
	return {
		...rest,
		QueueConfigurations: named(QueueConfigurations),
		TopicConfigurations: named(TopicConfigurations),
		LambdaFunctionConfigurations: named(LambdaFunctionConfigurations),
	};
}
