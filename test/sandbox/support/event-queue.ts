import {
	type Event,
	type FilterRule,
	PutBucketNotificationConfigurationCommand,
	type S3Client,
} from '@aws-sdk/client-s3';
import {
	CreateQueueCommand,
	DeleteMessageCommand,
	ReceiveMessageCommand,
	type SQSClient,
} from '@aws-sdk/client-sqs';
import {type OpenSandbox, sourceAccountId} from './open-sandbox.js';

type EventRecord = {
	readonly eventName: string;
	readonly eventVersion: string;
	readonly userIdentity: {readonly principalId: string};
	readonly s3: {
		readonly configurationId: string;
		readonly object: Readonly<Record<string, unknown>>;
	};
	readonly replicationEventData?: Readonly<Record<string, unknown>>;
};

export type EventQueue = {readonly url: string; readonly arn: string};

/** The policy that AWS documents for a queue of events (S3 User Guide, grant-destinations-permissions-to-s3), with changes. */
export function eventQueuePolicy(bucket: string, arn: string, changes: object = {}): string {
	return JSON.stringify({
		Version: '2012-10-17',
		Statement: [
			{
				Effect: 'Allow',
				Principal: {Service: 's3.amazonaws.com'},
				Action: 'SQS:SendMessage',
				Resource: arn,
				Condition: {
					ArnLike: {'aws:SourceArn': `arn:aws:s3:*:*:${bucket}`},
					StringEquals: {'aws:SourceAccount': sourceAccountId},
				},
				...changes,
			},
		],
	});
}

/** Makes a queue that S3 may send a bucket's events to. */
export async function createEventQueue(
	open: OpenSandbox,
	sqs: SQSClient,
	bucket: string,
	{region = 'us-east-1', policy = {}} = {},
): Promise<EventQueue> {
	const QueueName = open.name('events');
	const arn = `arn:aws:sqs:${region}:${sourceAccountId}:${QueueName}`;
	const Attributes = {Policy: eventQueuePolicy(bucket, arn, policy)};
	const {QueueUrl = ''} = await sqs.send(new CreateQueueCommand({QueueName, Attributes}));
	return {url: QueueUrl, arn};
}

/** Has a bucket send events of some names, of keys that pass the filter, to a queue. */
export async function sendEventsTo(
	s3: S3Client,
	bucket: string,
	{arn}: EventQueue,
	Events: readonly Event[],
	FilterRules?: FilterRule[],
): Promise<void> {
	const entry = {Id: 'events', QueueArn: arn, Events: [...Events]};
	await s3.send(
		new PutBucketNotificationConfigurationCommand({
			Bucket: bucket,
			NotificationConfiguration: {
				QueueConfigurations: [FilterRules === undefined ? entry : {...entry, Filter: {Key: {FilterRules}}}],
			},
		}),
	);
}

/** Takes all messages out of a queue, as they were sent. */
export async function takeBodies(sqs: SQSClient, {url: QueueUrl}: EventQueue): Promise<readonly object[]> {
	const bodies: object[] = [];
	for (;;) {
		const {Messages = []} = await sqs.send(new ReceiveMessageCommand({QueueUrl, MaxNumberOfMessages: 10}));
		if (Messages.length === 0) return bodies;
		for (const {Body = '', ReceiptHandle} of Messages) {
			bodies.push(JSON.parse(Body) as object);
			await sqs.send(new DeleteMessageCommand({QueueUrl, ReceiptHandle}));
		}
	}
}

/** Takes all events out of a queue, the test message apart. */
export async function takeEvents(sqs: SQSClient, queue: EventQueue): Promise<readonly EventRecord[]> {
	const bodies = (await takeBodies(sqs, queue)) as ReadonlyArray<{readonly Records?: readonly EventRecord[]}>;
	return bodies.flatMap(({Records = []}) => Records);
}
