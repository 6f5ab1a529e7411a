import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {connect} from '../../source/aws/connect.js';
import type {QueueReference} from '../../source/aws/ports.js';
import {problemFrom} from '../../source/domain/problem.js';
import {
	connectSandbox,
	type ConnectedSandbox,
	failureOf,
	sourceAccountId,
} from './support/connected-sandbox.js';

let aws: ConnectedSandbox;

beforeAll(async () => {
	aws = await connectSandbox();
});

afterAll(async () => aws.close());

const region = 'us-east-1';
let count = 0;

/** A queue that S3 may send the events of a bucket to, and the entry that has them sent. */
async function eventQueue(bucket: string) {
	const name = `events-${++count}`;
	const arn = `arn:aws:sqs:${region}:${sourceAccountId}:${name}`;
	const policy = {
		Version: '2012-10-17',
		Statement: [
			{
				Effect: 'Allow',
				Principal: {Service: 's3.amazonaws.com'},
				Action: 'sqs:SendMessage',
				Resource: arn,
				Condition: {ArnLike: {'aws:SourceArn': `arn:aws:s3:::${bucket}`}},
			},
		],
	};
	const queue = await aws.source.queues.create({name, region}, {Policy: JSON.stringify(policy)});
	const entry = {Id: name, QueueArn: arn, Events: ['s3:ObjectCreated:*']};
	return {name, queue, entry};
}

describe('a queue', () => {
	test('is made, found by its name, and found no more when it is deleted; twice is no error', async () => {
		const {queues} = aws.source;
		const queue = await queues.create({name: 'short', region}, {MessageRetentionPeriod: '3600'});
		expect(await queues.find({name: 'short', region})).toEqual(queue);
		await queues.delete(queue);
		await queues.delete(queue);
		expect(await queues.find({name: 'short', region})).toBeUndefined();
		await queues.deleteMessages(queue, ['gone']);
	});

	test('gives the messages that S3 sends, until they are deleted', async () => {
		const {buckets, queues, objects} = aws.source;
		const reference = aws.bucket('told');
		await buckets.create(reference);
		const {queue, entry} = await eventQueue(reference.bucket);
		await buckets.putNotifications(reference, {QueueConfigurations: [entry]});
		await objects.put(reference, {key: 'k', body: 'something'}).catch(() => undefined);
		const texts: string[] = [];
		while (!texts.some((body) => body.includes('ObjectCreated:Put'))) {
			const messages = await queues.receive(queue, 1);
			texts.push(...messages.map(({body}) => body));
			await queues.deleteMessages(
				queue,
				messages.map(({receiptHandle}) => receiptHandle),
			);
		}

		expect(texts[0]).toContain('s3:TestEvent');
		expect(await queues.receive(queue, 0)).toEqual([]);
	});

	test('that is refused is told with the permission that it takes', async () => {
		const keys = aws.sandbox.addUser({
			accountId: sourceAccountId,
			userName: 'nobody',
			policy: {Version: '2012-10-17', Statement: []},
		});
		const {queues} = await aws.withProfile('nobody', {
			aws_access_key_id: keys.accessKeyId,
			aws_secret_access_key: keys.secretAccessKey,
		});
		const {problem} = await failureOf(queues.create({name: 'refused', region}, {}));
		expect(JSON.stringify(problem)).toContain('sqs:CreateQueue');
	});
});

test('what tells of a bucket’s events is read as it was written', async () => {
	const {buckets} = aws.source;
	const reference = aws.bucket('events');
	expect(await buckets.getNotifications(reference)).toBeUndefined();
	await buckets.create(reference);
	expect(await buckets.getNotifications(reference)).toEqual({});
	const {entry} = await eventQueue(reference.bucket);
	const filtered = {...entry, Filter: {Key: {FilterRules: [{Name: 'prefix', Value: 'a/'}]}}};
	await buckets.putNotifications(reference, {QueueConfigurations: [filtered]});
	expect(await buckets.getNotifications(reference)).toMatchObject({QueueConfigurations: [entry]});
});

test('metrics of a rule that has none are empty', async () => {
	const query = {metric: 'OperationsFailedReplication', statistic: 'Sum', dimensions: {RuleId: 'r'}} as const;
	const found = await aws.source.metrics.read({region, queries: [query], from: 0, until: Date.now()});
	expect(found).toEqual([[]]);
});

describe('where queues and metrics are', () => {
	const config = {location: {configFile: '', credentialsFile: ''}, profiles: {one: {region}}, services: {}};
	const ports = (environment: NodeJS.ProcessEnv) => connect('one', {config, environment});
	const queue: QueueReference = {url: 'http://127.0.0.1/1/q', region};

	test.each([
		['AWS_ENDPOINT_URL_SQS', async (one: ReturnType<typeof ports>) => one.queues.receive(queue, 0)],
		[
			'AWS_ENDPOINT_URL_CLOUDWATCH',
			async (one: ReturnType<typeof ports>) => one.metrics.read({region, queries: [], from: 0, until: 1}),
		],
	])('is said by %s, among others', async (name, ask) => {
		const problem = await ask(ports({[name]: 'ftp://no'})).catch((error: unknown) => problemFrom(error));
		expect(problem).toMatchObject({code: 'endpoint-url'});
	});
});
