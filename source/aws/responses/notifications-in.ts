import type {GetBucketNotificationConfigurationCommandOutput} from '@aws-sdk/client-s3';
import {
	notificationEntries,
	type NotificationConfiguration,
} from '../../domain/observed/notification-configuration.js';
import {needed, neededText} from './needed.js';

/** The configuration that an answer holds, with what every entry has. Source: S3 API Reference, NotificationConfiguration. */
export function notificationsIn({
	$metadata: _metadata,
	...answer
}: GetBucketNotificationConfigurationCommandOutput): NotificationConfiguration {
	const configuration = Object.fromEntries(
		Object.entries(answer).filter(([, value]) => value !== undefined),
	) as NotificationConfiguration;
	for (const entry of notificationEntries(configuration)) {
		needed(entry.Events, 'Event of a notification');
		neededText(entry.QueueArn ?? entry.TopicArn ?? entry.LambdaFunctionArn, 'destination of a notification');
	}

	return configuration;
}
