import {createHash} from 'node:crypto';
import {
	ChangeMessageVisibilityCommand,
	CreateQueueCommand,
	DeleteMessageBatchCommand,
	DeleteMessageCommand,
	DeleteQueueCommand,
	GetQueueAttributesCommand,
	GetQueueUrlCommand,
	ListQueuesCommand,
	ListQueueTagsCommand,
	type Message,
	PurgeQueueCommand,
	ReceiveMessageCommand,
	SendMessageBatchCommand,
	SendMessageCommand,
	type SendMessageCommandInput,
	SetQueueAttributesCommand,
	type SQSClient,
	TagQueueCommand,
	UntagQueueCommand,
} from '@aws-sdk/client-sqs';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {until} from '../support/until.js';
import {
	destinationAccountId,
	errorOf,
	openSandbox,
	type OpenSandbox,
	sourceAccountId,
} from './support/open-sandbox.js';
import {makePassingClock} from './support/passing-clock.js';
import {sendRaw} from './support/raw-request.js';

const clock = makePassingClock();
let open: OpenSandbox;
let sqs: SQSClient;
beforeAll(async () => {
	open = await openSandbox({clock});
	sqs = open.sqs('source', 'us-east-1');
});
afterAll(() => open.close());

const create = async (Attributes: Record<string, string> = {}, client = sqs): Promise<string> => {
	const {QueueUrl} = await client.send(new CreateQueueCommand({QueueName: open.name('queue'), Attributes}));
	return QueueUrl ?? '';
};
const send = async (QueueUrl: string, MessageBody: string, client = sqs) =>
	client.send(new SendMessageCommand({QueueUrl, MessageBody}));
const receive = async (QueueUrl: string, input: object = {}): Promise<readonly Message[]> => {
	const {Messages = []} = await sqs.send(
		new ReceiveMessageCommand({QueueUrl, MaxNumberOfMessages: 10, ...input}),
	);
	return Messages;
};
const bodies = (messages: readonly Message[]) => messages.map(({Body}) => Body);
const attribute = async (QueueUrl: string, name: string) => {
	const input = {QueueUrl, AttributeNames: ['All' as const]};
	return (await sqs.send(new GetQueueAttributesCommand(input))).Attributes?.[name as 'Policy'];
};
const arnOf = (url: string, accountId = sourceAccountId): string =>
	`arn:aws:sqs:us-east-1:${accountId}:${url.slice(url.lastIndexOf('/') + 1)}`;

describe('a queue', () => {
	it('has the attributes of one that was told nothing (documented: SQS API reference, SetQueueAttributes)', async () => {
		const QueueUrl = await create();
		const {Attributes} = await sqs.send(new GetQueueAttributesCommand({QueueUrl, AttributeNames: ['All']}));
		expect(Attributes).toEqual({
			ApproximateNumberOfMessages: '0',
			ApproximateNumberOfMessagesDelayed: '0',
			ApproximateNumberOfMessagesNotVisible: '0',
			CreatedTimestamp: expect.stringMatching(/^\d{10}$/) as string,
			DelaySeconds: '0',
			LastModifiedTimestamp: expect.stringMatching(/^\d{10}$/) as string,
			MaximumMessageSize: '1048576',
			MessageRetentionPeriod: '345600',
			QueueArn: arnOf(QueueUrl),
			ReceiveMessageWaitTimeSeconds: '0',
			SqsManagedSseEnabled: 'true',
			VisibilityTimeout: '30',
		});
	});

	it('is found by its name, and listed by how that begins (documented: SQS API reference)', async () => {
		const names = ['first', 'second', 'third'].map((name) => open.name(`listed-${name}`));
		const urls: string[] = [];
		for (const QueueName of names) {
			urls.push((await sqs.send(new CreateQueueCommand({QueueName}))).QueueUrl ?? '');
		}
		const [QueueName] = names;
		expect((await sqs.send(new GetQueueUrlCommand({QueueName}))).QueueUrl).toBe(urls[0]);
		const first = await sqs.send(new ListQueuesCommand({QueueNamePrefix: 'listed-', MaxResults: 2}));
		expect(first.QueueUrls).toEqual(urls.slice(0, 2));
		const {NextToken} = first;
		const rest = await sqs.send(
			new ListQueuesCommand({QueueNamePrefix: 'listed-', MaxResults: 2, NextToken}),
		);
		expect([rest.QueueUrls, rest.NextToken]).toEqual([urls.slice(2), undefined]);
		expect((await sqs.send(new ListQueuesCommand({QueueNamePrefix: 'nobody'}))).QueueUrls).toBeUndefined();
	});

	it('is created again where nothing differs, and refused where something does (recorded: test_create_queue_with_different_attributes_raises_exception)', async () => {
		const QueueName = open.name('again');
		const first = await sqs.send(new CreateQueueCommand({QueueName, Attributes: {DelaySeconds: '1'}}));
		expect((await sqs.send(new CreateQueueCommand({QueueName}))).QueueUrl).toBe(first.QueueUrl);
		const other = sqs.send(new CreateQueueCommand({QueueName, Attributes: {DelaySeconds: '2'}}));
		expect(await errorOf(other)).toMatchObject({
			code: 'QueueAlreadyExists',
			status: 400,
			message: 'A queue already exists with the same name and a different value for attribute DelaySeconds',
		});
	});

	it('blocks its name for 60 s after it was deleted (documented: SQS API reference, DeleteQueue)', async () => {
		const QueueName = open.name('deleted');
		const {QueueUrl} = await sqs.send(new CreateQueueCommand({QueueName}));
		await sqs.send(new DeleteQueueCommand({QueueUrl}));
		expect(await errorOf(send(QueueUrl ?? '', 'late'))).toMatchObject({
			// Recorded: test_non_existent_queue.
			code: 'AWS.SimpleQueueService.NonExistentQueue',
			status: 400,
			message: 'The specified queue does not exist.',
		});
		const again = async () => sqs.send(new CreateQueueCommand({QueueName}));
		expect(await errorOf(again())).toMatchObject({
			code: 'AWS.SimpleQueueService.QueueDeletedRecently',
			message:
				'You must wait 60 seconds after deleting a queue before you can create another with the same name.',
		});
		await clock.pass(60_000);
		expect((await again()).QueueUrl).toBe(QueueUrl);
	});

	it('is another in another region (documented: SQS Developer Guide, sqs-queue-message-identifiers)', async () => {
		const QueueUrl = await create();
		expect(await errorOf(send(QueueUrl, 'x', open.sqs('source', 'eu-west-1')))).toMatchObject({
			code: 'AWS.SimpleQueueService.NonExistentQueue',
		});
	});

	it.each([
		{
			what: 'an unknown one',
			set: {Colour: 'red'},
			code: 'InvalidAttributeName',
			message: 'Unknown Attribute Colour.',
		},
		{
			what: 'one out of its bounds',
			set: {VisibilityTimeout: '43201'},
			code: 'InvalidAttributeValue',
			message: 'Invalid value for the parameter VisibilityTimeout.',
		},
		{
			what: 'no number',
			set: {DelaySeconds: 'soon'},
			code: 'InvalidAttributeValue',
			message: 'Invalid value for the parameter DelaySeconds.',
		},
		{
			what: 'no policy',
			set: {Policy: '{"Statement": "none"}'},
			code: 'InvalidAttributeValue',
			message: 'Invalid value for the parameter Policy.',
		},
		{
			what: 'a policy that names nobody',
			set: {
				Policy: JSON.stringify({
					Version: '2012-10-17',
					Statement: [
						{
							Effect: 'Allow',
							Principal: {AWS: 'arn:aws:iam::111122223333:role/nobody'},
							Action: 'sqs:SendMessage',
							Resource: '*',
						},
					],
				}),
			},
			code: 'InvalidAttributeValue',
			message: 'Invalid value for the parameter Policy.',
		},
	])(
		'takes no attribute that is $what (recorded: test_set_unsupported_attribute_fifo; of values third-party)',
		async ({set, code, message}) => {
			const QueueUrl = await create();
			const call = sqs.send(new SetQueueAttributesCommand({QueueUrl, Attributes: set}));
			expect(await errorOf(call)).toMatchObject({code, message, status: 400});
		},
	);

	it.each([
		{what: 'FIFO queues', attributes: {FifoQueue: 'true'}, name: 'a.fifo'},
		{what: 'dead-letter queues', attributes: {RedrivePolicy: '{}'}, name: 'a'},
		{what: 'queues encrypted with keys of KMS', attributes: {KmsMasterKeyId: 'alias/aws/sqs'}, name: 'a'},
	])('is refused by name where it would be of $what (ours)', async ({what, attributes, name}) => {
		const call = sqs.send(new CreateQueueCommand({QueueName: name, Attributes: attributes}));
		expect(await errorOf(call)).toMatchObject({
			code: 'NotImplemented',
			status: 501,
			message: `The sandbox does not implement ${what}.`,
		});
	});

	it('has tags (documented: SQS API reference, TagQueue)', async () => {
		const QueueName = open.name('tagged');
		const {QueueUrl} = await sqs.send(new CreateQueueCommand({QueueName, tags: {a: '1'}}));
		await sqs.send(new TagQueueCommand({QueueUrl, Tags: {b: '2', c: '3'}}));
		await sqs.send(new UntagQueueCommand({QueueUrl, TagKeys: ['b']}));
		expect((await sqs.send(new ListQueueTagsCommand({QueueUrl}))).Tags).toEqual({a: '1', c: '3'});
	});
});

describe('a message', () => {
	it('comes with what is asked for (recorded: test_receive_message_attribute_names_filters)', async () => {
		const QueueUrl = await create();
		const MessageAttributes = {
			Foo: {DataType: 'String', StringValue: 'Bar'},
			'Help.Me': {DataType: 'Binary', BinaryValue: Buffer.from([0, 255])},
		};
		const sent = await sqs.send(new SendMessageCommand({QueueUrl, MessageBody: 'msg', MessageAttributes}));
		expect(sent.MD5OfMessageBody).toBe('6e2baaf3b97dbeef01c0043275f9a0e7');
		const [message] = await receive(QueueUrl, {
			MessageSystemAttributeNames: ['All'],
			MessageAttributeNames: ['Help.*'],
		});
		expect(message).toEqual({
			MessageId: sent.MessageId,
			ReceiptHandle: expect.any(String) as string,
			Body: 'msg',
			MD5OfBody: sent.MD5OfMessageBody,
			Attributes: {
				SenderId: expect.stringMatching(/^AIDA/) as string,
				SentTimestamp: expect.stringMatching(/^\d{13}$/) as string,
				ApproximateReceiveCount: '1',
				ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/) as string,
			},
			MD5OfMessageAttributes: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
			MessageAttributes: {'Help.Me': {DataType: 'Binary', BinaryValue: new Uint8Array([0, 255])}},
		});
	});

	it('has the digest of its attributes that AWS computes (recorded: test_receive_message_attribute_names_filters)', async () => {
		const MessageAttributes = {Foo: {DataType: 'String', StringValue: 'Bar'}};
		const input = {QueueUrl: await create(), MessageBody: 'msg', MessageAttributes};
		expect((await sqs.send(new SendMessageCommand(input))).MD5OfMessageAttributes).toBe(
			'ae7155c6026991b6d54b11589678bf9c',
		);
	});

	it('hides for its visibility timeout and comes again, until it is deleted (documented: SQS Developer Guide, sqs-visibility-timeout)', async () => {
		const QueueUrl = await create({VisibilityTimeout: '30'});
		await send(QueueUrl, 'once');
		const [first] = await receive(QueueUrl);
		expect(await receive(QueueUrl)).toEqual([]);
		expect(await attribute(QueueUrl, 'ApproximateNumberOfMessagesNotVisible')).toBe('1');
		await clock.pass(30_000);
		const [second] = await receive(QueueUrl, {VisibilityTimeout: 100});
		expect([second?.MessageId, second?.ReceiptHandle === first?.ReceiptHandle]).toEqual([
			first?.MessageId,
			false,
		]);
		await sqs.send(
			new ChangeMessageVisibilityCommand({
				QueueUrl,
				ReceiptHandle: second?.ReceiptHandle,
				VisibilityTimeout: 0,
			}),
		);
		const [third] = await receive(QueueUrl);
		const ReceiptHandle = third?.ReceiptHandle;
		await sqs.send(new DeleteMessageCommand({QueueUrl, ReceiptHandle}));
		await sqs.send(new DeleteMessageCommand({QueueUrl, ReceiptHandle}));
		await clock.pass(30_000);
		expect(await receive(QueueUrl)).toEqual([]);
	});

	it('comes after its delay, and not after the retention (documented: SQS API reference, SetQueueAttributes)', async () => {
		const QueueUrl = await create({DelaySeconds: '10', MessageRetentionPeriod: '60'});
		await send(QueueUrl, 'late');
		expect(await receive(QueueUrl)).toEqual([]);
		expect(await attribute(QueueUrl, 'ApproximateNumberOfMessagesDelayed')).toBe('1');
		await clock.pass(10_000);
		expect(bodies(await receive(QueueUrl, {VisibilityTimeout: 0}))).toEqual(['late']);
		await clock.pass(51_000);
		expect(await attribute(QueueUrl, 'ApproximateNumberOfMessages')).toBe('0');
	});

	it('ends a long poll when it comes (documented: SQS Developer Guide, sqs-short-and-long-polling)', async () => {
		const QueueUrl = await create();
		const poll = receive(QueueUrl, {WaitTimeSeconds: 20});
		await until(() => clock.waiting() > 0);
		await send(QueueUrl, 'at last');
		expect(bodies(await poll)).toEqual(['at last']);
		expect(clock.waiting()).toBe(0);
	});

	it('ends a long poll when it is visible again, and the end of the wait ends another', async () => {
		const QueueUrl = await create({VisibilityTimeout: '5', ReceiveMessageWaitTimeSeconds: '20'});
		await send(QueueUrl, 'again');
		await receive(QueueUrl);
		const poll = receive(QueueUrl);
		await until(() => clock.waiting() > 0);
		await clock.pass(5000);
		expect(bodies(await poll)).toEqual(['again']);
		const inVain = receive(await create(), {WaitTimeSeconds: 3});
		await until(() => clock.waiting() > 0);
		await clock.pass(3000);
		expect(await inVain).toEqual([]);
	});

	it('is not taken for a client that is gone', async () => {
		const QueueUrl = await create();
		const gone = new AbortController();
		const poll = sqs.send(new ReceiveMessageCommand({QueueUrl, WaitTimeSeconds: 20}), {
			abortSignal: gone.signal,
		});
		await until(() => clock.waiting() > 0);
		gone.abort();
		await errorOf(poll);
		await until(() => clock.waiting() === 0);
		await send(QueueUrl, 'kept');
		expect(bodies(await receive(QueueUrl))).toEqual(['kept']);
	});

	it('goes with a purge, of which there is one a minute (recorded: test_successive_purge_calls_fail)', async () => {
		const QueueUrl = await create();
		await send(QueueUrl, 'gone');
		await sqs.send(new PurgeQueueCommand({QueueUrl}));
		expect(await receive(QueueUrl)).toEqual([]);
		expect(await errorOf(sqs.send(new PurgeQueueCommand({QueueUrl})))).toMatchObject({
			code: 'AWS.SimpleQueueService.PurgeQueueInProgress',
			status: 403,
		});
	});

	it.each<{what: string; input: Partial<SendMessageCommandInput>; error: object}>([
		{
			what: 'nothing in it',
			input: {MessageBody: ''},
			error: {code: 'MissingParameter', message: 'The request must contain the parameter MessageBody.'},
		},
		{
			what: 'too much in it',
			input: {MessageBody: 'x'.repeat(1025)},
			error: {
				code: 'InvalidParameterValue',
				message: 'One or more parameters are invalid. Reason: Message must be shorter than 1024 bytes.',
			},
		},
		{
			what: 'too much with its attributes',
			input: {
				MessageBody: 'x'.repeat(1010),
				MessageAttributes: {Foo: {DataType: 'String', StringValue: 'Barbar'}},
			},
			error: {code: 'InvalidParameterValue'},
		},
		{
			what: 'an empty attribute',
			input: {MessageBody: 'x', MessageAttributes: {E: {DataType: 'String', StringValue: ''}}},
			error: {
				code: 'InvalidParameterValue',
				message: "Message (user) attribute 'E' must contain a non-empty value of type 'String'.",
			},
		},
		{
			what: 'characters that are none of XML',
			input: {MessageBody: 'a\u0000b'},
			error: {code: 'InvalidMessageContents'},
		},
	])(
		'is refused with $what (recorded: test_send_empty_message, test_send_message_with_updated_maximum_message_size, test_send_message_with_empty_string_attribute; of characters documented)',
		async ({input, error}) => {
			const QueueUrl = await create({MaximumMessageSize: '1024'});
			const call = sqs.send(new SendMessageCommand({QueueUrl, MessageBody: '', ...input}));
			expect(await errorOf(call)).toMatchObject({status: 400, ...error});
		},
	);

	it.each([
		{
			input: {MaxNumberOfMessages: 11},
			message:
				'Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.',
		},
		{
			input: {WaitTimeSeconds: 21},
			message:
				'Value 21 for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= 20, if provided.',
		},
	])(
		'is not received with $input (recorded: test_send_receive_max_number_of_messages, test_send_receive_wait_time_seconds)',
		async ({input, message}) => {
			const call = receive(await create(), input);
			expect(await errorOf(call)).toMatchObject({code: 'InvalidParameterValue', status: 400, message});
		},
	);

	it('is not deleted by a handle of no queue (documented: SQS API reference, DeleteMessage)', async () => {
		const input = {QueueUrl: await create(), ReceiptHandle: 'garbage'};
		expect(await errorOf(sqs.send(new DeleteMessageCommand(input)))).toMatchObject({
			code: 'ReceiptHandleIsInvalid',
		});
	});
});

describe('a batch', () => {
	it('does each entry by itself (recorded: test_send_batch_message_size)', async () => {
		const QueueUrl = await create({MaximumMessageSize: '1024'});
		const {Successful, Failed} = await sqs.send(
			new SendMessageBatchCommand({
				QueueUrl,
				Entries: [
					{Id: 'a', MessageBody: 'x'.repeat(1025)},
					{Id: 'b', MessageBody: 'y'},
				],
			}),
		);
		expect(Failed).toEqual([
			{
				Id: 'a',
				Code: 'InvalidParameterValue',
				Message:
					'One or more parameters cannot be validated. Reason: Message must be shorter than 1024 bytes.',
				SenderFault: true,
			},
		]);
		expect(Successful).toEqual([
			{
				Id: 'b',
				MessageId: expect.any(String) as string,
				MD5OfMessageBody: createHash('md5').update('y').digest('hex'),
			},
		]);
		const [message] = await receive(QueueUrl);
		const deleted = await sqs.send(
			new DeleteMessageBatchCommand({
				QueueUrl,
				Entries: [
					{Id: 'c', ReceiptHandle: message?.ReceiptHandle},
					{Id: 'd', ReceiptHandle: 'garbage'},
				],
			}),
		);
		expect(deleted.Successful).toEqual([{Id: 'c'}]);
		expect(deleted.Failed).toMatchObject([{Id: 'd', Code: 'ReceiptHandleIsInvalid', SenderFault: true}]);
	});

	const entries = (count: number, idOf: (index: number) => string) =>
		Array.from({length: count}, (_none, index) => ({Id: idOf(index), MessageBody: 'x'}));

	it.each([
		{
			what: 'too many',
			Entries: entries(20, String),
			code: 'TooManyEntriesInBatchRequest',
			message: 'Maximum number of entries per request are 10. You have sent 20.',
		},
		{
			what: 'an id with a colon',
			Entries: entries(1, () => 'a:b'),
			code: 'InvalidBatchEntryId',
			message:
				'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
		},
		{
			what: 'an id twice',
			Entries: entries(2, () => 'a'),
			code: 'BatchEntryIdsNotDistinct',
			message: 'Two or more batch entries in the request have the same Id.',
		},
		{
			what: 'none',
			Entries: [],
			code: 'EmptyBatchRequest',
			message: 'There should be at least one SendMessageBatchRequestEntry in the request.',
		},
		{
			what: 'too much',
			Entries: [
				{Id: '1', MessageBody: 'x'.repeat(1_048_576)},
				{Id: '2', MessageBody: 'x'},
			],
			code: 'BatchRequestTooLong',
			message: 'Batch requests cannot be longer than 1048576 bytes. You have sent 1048577 bytes.',
		},
	])(
		'is refused with $what (recorded: test_too_many_entries_in_batch_request, test_invalid_batch_id, test_send_message_batch_with_oversized_contents; else documented)',
		async ({Entries, code, message}) => {
			const call = sqs.send(new SendMessageBatchCommand({QueueUrl: await create(), Entries}));
			expect(await errorOf(call)).toMatchObject({
				code: `AWS.SimpleQueueService.${code}`,
				status: 400,
				message,
			});
		},
	);
});

describe('permission for a queue', () => {
	const userWith = (...Statement: object[]): SQSClient => {
		const userName = open.name('user');
		const key = open.sandbox.addUser({
			accountId: sourceAccountId,
			userName,
			policy: {Version: '2012-10-17', Statement},
		});
		return open.sqs(key, 'us-east-1');
	};
	const policyOf = (QueueUrl: string, statement: object): Record<string, string> => ({
		Policy: JSON.stringify({
			Version: '2012-10-17',
			Statement: [{Effect: 'Allow', Resource: arnOf(QueueUrl), ...statement}],
		}),
	});
	const setPolicy = async (QueueUrl: string, statement: object): Promise<void> => {
		const Attributes = policyOf(QueueUrl, statement);
		await sqs.send(new SetQueueAttributesCommand({QueueUrl, Attributes}));
	};

	it("is the caller's policies (text third-party: SQS writes actions in small letters)", async () => {
		const QueueUrl = await create();
		const Resource = arnOf(QueueUrl);
		const reader = userWith({Effect: 'Allow', Action: 'sqs:ReceiveMessage', Resource});
		await reader.send(new ReceiveMessageCommand({QueueUrl}));
		expect(await errorOf(send(QueueUrl, 'x', reader))).toMatchObject({
			code: 'AccessDenied',
			status: 403,
			message: expect.stringMatching(
				/^User: arn:aws:iam::111122223333:user\/user-\d+ is not authorized to perform: sqs:sendmessage on resource: arn:aws:sqs:us-east-1:111122223333:queue-\d+ because no identity-based policy allows the sqs:sendmessage action$/,
			) as string,
		});
	});

	it("is the queue's policy within its account, too (documented: SQS Developer Guide, sqs-using-identity-based-policies)", async () => {
		const QueueUrl = await create();
		const nobody = userWith({Effect: 'Allow', Action: 'sqs:ListQueues', Resource: '*'});
		await setPolicy(QueueUrl, {Principal: '*', Action: 'SQS:SendMessage'});
		expect((await send(QueueUrl, 'x', nobody)).MessageId).toBeDefined();
		expect(await attribute(QueueUrl, 'Policy')).toContain('SQS:SendMessage');
		await sqs.send(new SetQueueAttributesCommand({QueueUrl, Attributes: {Policy: ''}}));
		expect(await attribute(QueueUrl, 'Policy')).toBeUndefined();
		expect(await errorOf(send(QueueUrl, 'x', nobody))).toMatchObject({code: 'AccessDenied'});
	});

	it('takes both from another account (documented: SQS Developer Guide, sqs-basic-examples-of-sqs-policies)', async () => {
		const QueueUrl = await create();
		const other = open.sqs('destination', 'us-east-1');
		expect(await errorOf(send(QueueUrl, 'x', other))).toMatchObject({code: 'AccessDenied', status: 403});
		await setPolicy(QueueUrl, {
			Principal: {AWS: `arn:aws:iam::${destinationAccountId}:root`},
			Action: ['sqs:SendMessage', 'sqs:GetQueueUrl'],
		});
		expect((await send(QueueUrl, 'x', other)).MessageId).toBeDefined();
		const QueueName = QueueUrl.slice(QueueUrl.lastIndexOf('/') + 1);
		const found = await other.send(
			new GetQueueUrlCommand({QueueName, QueueOwnerAWSAccountId: sourceAccountId}),
		);
		expect(found.QueueUrl).toBe(QueueUrl);
	});
});

describe('a request to SQS', () => {
	it('says its error to clients of both protocols (documented: Smithy, awsQueryCompatible)', async () => {
		const key = open.sandbox.addUser({accountId: sourceAccountId, userName: open.name('raw')});
		const answer = await sendRaw(open.sandbox.endpointUrl, key, {
			method: 'POST',
			path: '/',
			service: 'sqs',
			headers: {'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.GetQueueUrl'},
			body: '{"QueueName":"nobody"}',
		});
		expect([answer.status, JSON.parse(answer.body)]).toEqual([
			400,
			{__type: 'com.amazonaws.sqs#QueueDoesNotExist', message: 'The specified queue does not exist.'},
		]);
		expect(answer.headers.join('\n')).toContain('AWS.SimpleQueueService.NonExistentQueue;Sender');
	});

	it('is refused unsigned, and with what is no URL of a queue', async () => {
		const headers = {'x-amz-target': 'AmazonSQS.ListQueues'};
		const unsigned = await sendRaw(open.sandbox.endpointUrl, undefined, {
			method: 'POST',
			path: '/',
			headers,
			body: '{}',
		});
		expect([unsigned.status, unsigned.body]).toEqual([
			403,
			expect.stringContaining('MissingAuthenticationToken') as string,
		]);
		expect(await errorOf(send('http://somewhere', 'x'))).toMatchObject({code: 'InvalidAddress'});
	});

	it('is found in the log by its operation and queue', async () => {
		const QueueUrl = await create();
		await send(QueueUrl, 'x');
		expect(open.sandbox.requests.at(-1)).toMatchObject({
			service: 'sqs',
			operation: 'SendMessage',
			target: QueueUrl.slice(QueueUrl.lastIndexOf('/') + 1),
			accountId: sourceAccountId,
			status: 200,
		});
	});
});
