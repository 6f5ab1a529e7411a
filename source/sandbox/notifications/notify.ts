import {type NotificationConfiguration} from '@aws-sdk/client-s3';
import {deliver} from '../sqs/deliver.js';
import {type Bucket} from '../world/bucket.js';
import {type World} from '../world/world.js';
import {type Destination, destinationsOf} from './destination.js';
import {type BucketEvent, encodedKey, eventMessage} from './event-record.js';
import {wantsEvent} from './match-event.js';
import {partitionOfRegion} from '../world/partition.js';

/** The service and the account's bucket that a queue's policy speaks of (S3 User Guide, grant-destinations-permissions-to-s3). */
export function senderOf(bucket: Bucket): {
	readonly service: string;
	readonly sourceArn: string;
	readonly sourceAccountId: string;
} {
	return {
		service: 's3.amazonaws.com',
		sourceArn: `arn:${partitionOfRegion(bucket.region).id}:s3:::${bucket.name}`,
		sourceAccountId: bucket.ownerAccountId,
	};
}

/** Says whether anything is asked for a bucket's events. */
export function hasNotifications({settings}: Bucket): boolean {
	return settings.has('notification');
}

/** Sends an event to the queues that the bucket's notification configuration names for it. Nothing else here hears of one. */
export function notify(world: World, bucket: Bucket, event: BucketEvent): void {
	const configuration: NotificationConfiguration | undefined = bucket.settings.get('notification');
	if (configuration === undefined) return;
	for (const destination of destinationsOf(configuration)) {
		if (destination.kind !== 'Queue' || !wantsEvent(destination, event.name, encodedKey(event.key))) continue;
		send(world, bucket, destination.arn, eventMessage(world, bucket, event, destination.id));
	}
}

/** Sends the message by which S3 tries a destination (S3 User Guide, notification-content-structure). */
export function sendTestEvents(world: World, bucket: Bucket, destinations: readonly Destination[]): void {
	for (const {arn} of destinations) {
		const message = {
			Service: 'Amazon S3',
			Event: 's3:TestEvent',
			Time: new Date(world.clock.now()).toISOString(),
			Bucket: bucket.name,
			RequestId: world.ids.requestId(),
			HostId: world.ids.hostId(),
		};
		send(world, bucket, arn, JSON.stringify(message));
	}
}

function send(world: World, bucket: Bucket, queueArn: string, body: string): void {
	deliver(world, {...senderOf(bucket), queueArn, body, senderId: 'AROAS3EVENTS00000000:S3-PROD-END'});
}
