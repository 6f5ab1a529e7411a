import {
	CompleteMultipartUploadCommand,
	CopyObjectCommand,
	CreateBucketCommand,
	CreateMultipartUploadCommand,
	DeleteObjectCommand,
	DeleteObjectsCommand,
	DeleteObjectTaggingCommand,
	GetBucketNotificationConfigurationCommand,
	type NotificationConfiguration,
	PutBucketNotificationConfigurationCommand,
	PutObjectCommand,
	PutObjectTaggingCommand,
	type QueueConfiguration,
	UploadPartCommand,
} from '@aws-sdk/client-s3';
import {SetQueueAttributesCommand, type SQSClient} from '@aws-sdk/client-sqs';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {
	createEventQueue,
	type EventQueue,
	eventQueuePolicy,
	sendEventsTo,
	takeBodies,
	takeEvents,
} from './support/event-queue.js';
import {errorOf, openSandbox, type OpenSandbox, sourceAccountId} from './support/open-sandbox.js';
import {createVersioned} from './support/replicated-pair.js';

let open: OpenSandbox;
let sqs: SQSClient;
beforeAll(async () => {
	open = await openSandbox();
	sqs = open.sqs('source', 'us-east-1');
});
afterAll(() => open.close());

const versioned = async (): Promise<string> => {
	const bucket = open.name('bucket');
	await createVersioned(open.source, bucket);
	return bucket;
};
const put = async (Bucket: string, Key: string, Body = 'something') =>
	open.source.send(new PutObjectCommand({Bucket, Key, Body}));
const configure = async (Bucket: string, NotificationConfiguration: NotificationConfiguration, input = {}) =>
	open.source.send(
		new PutBucketNotificationConfigurationCommand({Bucket, NotificationConfiguration, ...input}),
	);
const queuesOf = async (Bucket: string) =>
	(await open.source.send(new GetBucketNotificationConfigurationCommand({Bucket}))).QueueConfigurations;

describe('an event', () => {
	it('tells what was put, by whom, and where (recorded: test_object_created_put, test_key_encoding; documented: notification-content-structure)', async () => {
		const bucket = await versioned();
		const queue = await createEventQueue(open, sqs, bucket);
		await sendEventsTo(open.source, bucket, queue, ['s3:ObjectCreated:*']);
		const [test] = await takeBodies(sqs, queue);
		expect(test).toEqual({
			Service: 'Amazon S3',
			Event: 's3:TestEvent',
			Time: expect.stringMatching(/Z$/) as string,
			Bucket: bucket,
			RequestId: expect.any(String) as string,
			HostId: expect.any(String) as string,
		});
		const {VersionId, $metadata} = await put(bucket, 'a folder/a@b ü.txt');
		expect(await takeBodies(sqs, queue)).toEqual([
			{
				Records: [
					{
						awsRegion: 'us-east-1',
						eventName: 'ObjectCreated:Put',
						eventSource: 'aws:s3',
						eventTime: expect.stringMatching(/^\d{4}-.*\.\d{3}Z$/) as string,
						eventVersion: '2.1',
						requestParameters: {sourceIPAddress: '127.0.0.1'},
						responseElements: {
							'x-amz-id-2': $metadata.extendedRequestId,
							'x-amz-request-id': $metadata.requestId,
						},
						s3: {
							bucket: {
								arn: `arn:aws:s3:::${bucket}`,
								name: bucket,
								ownerIdentity: {principalId: expect.stringMatching(/^A[0-9A-F]{13}$/) as string},
							},
							configurationId: 'events',
							object: {
								eTag: '437b930db84b8079c2dd804a71936b5f',
								key: 'a+folder/a%40b+%C3%BC.txt',
								sequencer: expect.stringMatching(/^00[0-9A-F]{16}$/) as string,
								size: 9,
								versionId: VersionId,
							},
							s3SchemaVersion: '1.0',
						},
						userIdentity: {principalId: expect.stringMatching(/^AWS:AIDA/) as string},
					},
				],
			},
		]);
	});

	it('is named by what was done (recorded: test_s3_notifications_sqs; documented: notification-how-to-event-types-and-destinations)', async () => {
		const Bucket = await versioned();
		const queue = await createEventQueue(open, sqs, Bucket);
		await sendEventsTo(open.source, Bucket, queue, [
			's3:ObjectCreated:*',
			's3:ObjectRemoved:*',
			's3:ObjectTagging:*',
		]);
		const {VersionId} = await put(Bucket, 'put');
		await open.source.send(new CopyObjectCommand({Bucket, Key: 'copy', CopySource: `${Bucket}/put`}));
		const {UploadId} = await open.source.send(new CreateMultipartUploadCommand({Bucket, Key: 'parts'}));
		const part = {Bucket, Key: 'parts', UploadId, PartNumber: 1};
		const {ETag} = await open.source.send(new UploadPartCommand({...part, Body: 'x'}));
		const MultipartUpload = {Parts: [{PartNumber: 1, ETag}]};
		await open.source.send(new CompleteMultipartUploadCommand({...part, MultipartUpload}));
		const Tagging = {TagSet: [{Key: 'a', Value: 'b'}]};
		await open.source.send(new PutObjectTaggingCommand({Bucket, Key: 'put', Tagging}));
		await open.source.send(new DeleteObjectTaggingCommand({Bucket, Key: 'put'}));
		await open.source.send(new DeleteObjectCommand({Bucket, Key: 'put'}));
		await open.source.send(new DeleteObjectCommand({Bucket, Key: 'put', VersionId}));
		await open.source.send(new DeleteObjectsCommand({Bucket, Delete: {Objects: [{Key: 'copy'}]}}));
		const events = await takeEvents(sqs, queue);
		expect(
			events.map(({eventName, eventVersion, s3: {object}}) => [
				eventName,
				eventVersion,
				object['key'],
				Object.keys(object).sort().join(' '),
			]),
		).toEqual([
			['ObjectCreated:Put', '2.1', 'put', 'eTag key sequencer size versionId'],
			['ObjectCreated:Copy', '2.1', 'copy', 'eTag key sequencer size versionId'],
			['ObjectCreated:CompleteMultipartUpload', '2.1', 'parts', 'eTag key sequencer size versionId'],
			['ObjectTagging:Put', '2.3', 'put', 'eTag key versionId'],
			['ObjectTagging:Delete', '2.3', 'put', 'eTag key versionId'],
			['ObjectRemoved:DeleteMarkerCreated', '2.1', 'put', 'eTag key sequencer versionId'],
			['ObjectRemoved:Delete', '2.1', 'put', 'key sequencer versionId'],
			['ObjectRemoved:DeleteMarkerCreated', '2.1', 'copy', 'eTag key sequencer versionId'],
		]);
	});

	it('has no version id where the bucket has no versioning (recorded: test_object_created_and_object_removed)', async () => {
		const Bucket = open.name('plain');
		await open.source.send(new CreateBucketCommand({Bucket}));
		const queue = await createEventQueue(open, sqs, Bucket);
		await sendEventsTo(open.source, Bucket, queue, ['s3:ObjectCreated:Put', 's3:ObjectRemoved:Delete']);
		await put(Bucket, 'k');
		await open.source.send(new DeleteObjectCommand({Bucket, Key: 'k'}));
		const events = await takeEvents(sqs, queue);
		expect(events.map(({eventName, s3: {object}}) => [eventName, 'versionId' in object])).toEqual([
			['ObjectCreated:Put', false],
			['ObjectRemoved:Delete', false],
		]);
	});

	it.each([
		{what: 'prefix', rules: [{Name: 'prefix' as const, Value: 'logs/'}], sent: ['logs/a.txt', 'logs/b']},
		{what: 'suffix', rules: [{Name: 'suffix' as const, Value: '.txt'}], sent: ['logs/a.txt', 'c.txt']},
		{
			what: 'prefix and suffix',
			rules: [
				{Name: 'prefix' as const, Value: 'logs/'},
				{Name: 'suffix' as const, Value: '.txt'},
			],
			sent: ['logs/a.txt'],
		},
		{
			what: 'empty suffix',
			rules: [{Name: 'suffix' as const, Value: ''}],
			sent: ['logs/a.txt', 'logs/b', 'c.txt'],
		},
	])(
		'is sent of keys with the $what alone (documented: notification-how-to-filtering; the empty value recorded: test_filter_rules_empty_value)',
		async ({rules, sent}) => {
			const bucket = await versioned();
			const queue = await createEventQueue(open, sqs, bucket);
			await sendEventsTo(open.source, bucket, queue, ['s3:ObjectCreated:*'], rules);
			for (const key of ['logs/a.txt', 'logs/b', 'c.txt']) await put(bucket, key);
			expect((await takeEvents(sqs, queue)).map(({s3: {object}}) => object['key'])).toEqual(sent);
		},
	);

	it('is lost where the queue is gone, or lets S3 in no longer (documented: grant-destinations-permissions-to-s3)', async () => {
		const bucket = await versioned();
		const queue = await createEventQueue(open, sqs, bucket);
		await sendEventsTo(open.source, bucket, queue, ['s3:ObjectCreated:*']);
		await takeBodies(sqs, queue);
		const setPolicy = async (Policy: string) =>
			sqs.send(new SetQueueAttributesCommand({QueueUrl: queue.url, Attributes: {Policy}}));
		await setPolicy('');
		await put(bucket, 'lost');
		await setPolicy(eventQueuePolicy(bucket, queue.arn));
		await put(bucket, 'sent');
		expect((await takeEvents(sqs, queue)).map(({s3: {object}}) => object['key'])).toEqual(['sent']);
	});
});

describe('PutBucketNotificationConfiguration', () => {
	const arnOf = (name: string, region = 'us-east-1') => `arn:aws:sqs:${region}:${sourceAccountId}:${name}`;
	const entry = (QueueArn: string, changes: Partial<QueueConfiguration> = {}): QueueConfiguration => ({
		QueueArn,
		Events: ['s3:ObjectCreated:*'],
		...changes,
	});
	const filter = (...rules: ReadonlyArray<readonly [name: string, value: string]>) => ({
		Filter: {Key: {FilterRules: rules.map(([Name, Value]) => ({Name: Name as 'prefix', Value}))}},
	});

	it('names each queue that S3 cannot send to (recorded: test_invalid_sqs_arn, test_multiple_invalid_sqs_arns; of permissions third-party: aws/aws-cli#8162)', async () => {
		const bucket = await versioned();
		const other = await createEventQueue(open, sqs, 'another-bucket');
		const error = await errorOf(
			configure(bucket, {
				QueueConfigurations: [
					entry(arnOf('nobody'), {Events: ['s3:ObjectCreated:Put']}),
					entry(other.arn, {Events: ['s3:ObjectRemoved:Delete']}),
				],
			}),
		);
		expect(error).toMatchObject({
			code: 'InvalidArgument',
			status: 400,
			message: 'Unable to validate the following destination configurations',
			fields: {
				ArgumentName1: arnOf('nobody'),
				ArgumentValue1: 'The destination queue does not exist',
				ArgumentName2: other.arn,
				ArgumentValue2:
					'Permissions on the destination queue do not allow S3 to publish notifications from this bucket',
			},
		});
		expect(await queuesOf(bucket)).toBeUndefined();
	});

	it('looks at no queue where it is told so (recorded: test_invalid_sqs_arn)', async () => {
		const bucket = await versioned();
		const configuration = {QueueConfigurations: [entry(arnOf('nobody'), {Id: 'id123'})]};
		await configure(bucket, configuration, {SkipDestinationValidation: true});
		expect(await queuesOf(bucket)).toEqual(configuration.QueueConfigurations);
	});

	it.each([
		{what: 'another account', policy: {Condition: {StringEquals: {'aws:SourceAccount': '444455556666'}}}},
		{what: 'another bucket', policy: {Condition: {ArnLike: {'aws:SourceArn': 'arn:aws:s3:::other'}}}},
		{what: 'another service', policy: {Principal: {Service: 'sns.amazonaws.com'}}},
		{what: 'another action', policy: {Action: 'sqs:ReceiveMessage'}},
	])(
		'is refused where the queue lets S3 in for $what alone (documented: grant-destinations-permissions-to-s3)',
		async ({policy}) => {
			const bucket = await versioned();
			const {arn} = await createEventQueue(open, sqs, bucket, {policy});
			expect(await errorOf(configure(bucket, {QueueConfigurations: [entry(arn)]}))).toMatchObject({
				message: 'Unable to validate the following destination configurations',
			});
		},
	);

	it('keeps what goes to SNS, Lambda and EventBridge, and gives what has no Id one (ours: none of them is here)', async () => {
		const bucket = await versioned();
		const configuration = {
			TopicConfigurations: [
				{TopicArn: `arn:aws:sns:us-east-1:${sourceAccountId}:t`, Events: ['s3:ObjectCreated:Put' as const]},
			],
			LambdaFunctionConfigurations: [
				{
					LambdaFunctionArn: `arn:aws:lambda:us-east-1:${sourceAccountId}:function:f`,
					Events: ['s3:ObjectRemoved:*' as const],
				},
			],
			EventBridgeConfiguration: {},
		};
		await configure(bucket, configuration);
		const got = await open.source.send(new GetBucketNotificationConfigurationCommand({Bucket: bucket}));
		expect(got).toMatchObject(configuration);
		expect(got.TopicConfigurations?.[0]?.Id).toMatch(/^.{36}$/);
		await configure(bucket, {});
		expect(await queuesOf(bucket)).toBeUndefined();
	});

	it('writes the names of filters large (recorded: test_filter_rules_case_insensitive)', async () => {
		const bucket = await versioned();
		const {arn} = await createEventQueue(open, sqs, bucket);
		await configure(bucket, {QueueConfigurations: [entry(arn, filter(['prefix', 'a'], ['SUFFIX', 'b']))]});
		expect((await queuesOf(bucket))?.[0]?.Filter?.Key?.FilterRules).toEqual([
			{Name: 'Prefix', Value: 'a'},
			{Name: 'Suffix', Value: 'b'},
		]);
	});

	const overlapping =
		'Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules if the prefixes are overlapping for the same event type.';

	it.each<{
		what: string;
		one: Partial<QueueConfiguration>;
		other: Partial<QueueConfiguration>;
		answer: string | undefined;
	}>([
		{what: 'the same event of all keys', one: {}, other: {}, answer: overlapping},
		{
			what: 'an event and all of its group',
			one: {Events: ['s3:ObjectCreated:*']},
			other: {Events: ['s3:ObjectCreated:Put']},
			answer: overlapping,
		},
		{
			what: 'different events',
			one: {Events: ['s3:ObjectCreated:Copy']},
			other: {Events: ['s3:ObjectCreated:Put']},
			answer: undefined,
		},
		{
			what: 'a prefix within another',
			one: filter(['prefix', 'images']),
			other: filter(['prefix', 'images/2026']),
			answer: overlapping,
		},
		{
			what: 'different prefixes',
			one: filter(['prefix', 'images/']),
			other: filter(['prefix', 'logs/']),
			answer: undefined,
		},
		{
			what: 'a suffix within another',
			one: filter(['suffix', '.jpg']),
			other: filter(['suffix', 'a.jpg']),
			answer: overlapping,
		},
		{
			what: 'one prefix and different suffixes',
			one: filter(['prefix', 'images/'], ['suffix', '.jpg']),
			other: filter(['prefix', 'images/'], ['suffix', '.png']),
			answer: undefined,
		},
		{
			what: 'a prefix and a suffix',
			one: filter(['prefix', 'images/']),
			other: filter(['suffix', '.png']),
			answer: overlapping,
		},
	])('and overlaps: $what (documented: notification-how-to-filtering)', async ({one, other, answer}) => {
		const bucket = await versioned();
		const queue: EventQueue = await createEventQueue(open, sqs, bucket);
		const told = await configure(bucket, {
			QueueConfigurations: [entry(queue.arn, one), entry(queue.arn, other)],
		}).then(
			() => undefined,
			(error: unknown) => (error as Error).message,
		);
		expect(told).toBe(answer);
	});

	it.each<{what: string; entry: QueueConfiguration; error: object}>([
		{
			what: 'no ARN',
			entry: entry('invalid-queue'),
			error: {
				message: 'The ARN could not be parsed',
				fields: {ArgumentName: 'Queue', ArgumentValue: 'invalid-queue'},
			},
		},
		{
			what: 'a queue in another region',
			entry: entry(arnOf('q', 'eu-west-1')),
			error: {
				message:
					'The notification destination service region is not valid for the bucket location constraint',
			},
		},
		{
			what: 'another kind of filter',
			entry: entry(arnOf('q'), filter(['infix', 'a'])),
			error: {message: 'filter rule name must be either prefix or suffix'},
		},
		{
			what: 'two prefixes',
			entry: entry(arnOf('q'), filter(['prefix', 'a'], ['Prefix', 'b'])),
			error: {message: 'Cannot specify more than one prefix rule in a filter.'},
		},
		{
			what: 'an event that there is not',
			entry: entry(arnOf('q'), {Events: ['s3:ObjectAdmired:*' as 's3:ObjectCreated:*']}),
			error: {
				message: 'The event is not supported for notifications',
				fields: {ArgumentName: 'Event', ArgumentValue: 's3:ObjectAdmired:*'},
			},
		},
	])(
		'is refused with $what, looked at or not (the ARN recorded: test_invalid_sqs_arn; else third-party)',
		async ({entry: given, error}) => {
			const call = configure(
				await versioned(),
				{QueueConfigurations: [given]},
				{SkipDestinationValidation: true},
			);
			expect(await errorOf(call)).toMatchObject({code: 'InvalidArgument', status: 400, ...error});
		},
	);
});
