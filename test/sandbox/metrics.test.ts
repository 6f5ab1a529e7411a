import {PutObjectCommand, type ReplicationRule} from '@aws-sdk/client-s3';
import {
	CloudWatchClient,
	type CloudWatchClientConfig,
	GetMetricDataCommand,
	type GetMetricDataCommandInput,
	ListMetricsCommand,
	type MetricStat,
} from '@aws-sdk/client-cloudwatch';
import {AwsQueryProtocol, AwsSmithyRpcV2CborProtocol} from '@aws-sdk/core/protocols';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {errorOf, openSandbox, type OpenSandbox, ruleTo, sourceAccountId} from './support/open-sandbox.js';
import {makePassingClock, type PassingClock} from './support/passing-clock.js';
import {sendRaw} from './support/raw-request.js';
import {type Pair, setUpPair} from './support/replicated-pair.js';

// The metrics of replication (S3 User Guide, replication-metrics, metrics-dimensions).

const minuteMs = 60_000;
const withMetrics = (bucket: string, changes: Partial<ReplicationRule> = {}): ReplicationRule =>
	ruleTo(bucket, {
		Destination: {Bucket: `arn:aws:s3:::${bucket}`, Metrics: {Status: 'Enabled'}},
		...changes,
	});

let open: OpenSandbox;
let clock: PassingClock;
let broken: Pair;
let whole: Pair;
let startedMs: number;
beforeAll(async () => {
	clock = makePassingClock();
	open = await openSandbox({clock, replicationDelayMs: 90_000});
	whole = await setUpPair(open, {rules: (bucket) => [withMetrics(bucket)]});
	broken = await setUpPair(open, {rules: (bucket) => [withMetrics(bucket)], missing: ['s3:ReplicateObject']});
	startedMs = Math.floor(clock.now() / minuteMs) * minuteMs;
	for (const {source: Bucket} of [whole, broken]) {
		await open.source.send(new PutObjectCommand({Bucket, Key: 'a', Body: 'x'.repeat(100)}));
		await open.source.send(new PutObjectCommand({Bucket, Key: 'b', Body: 'x'.repeat(50)}));
	}
	await clock.pass(10 * minuteMs);
});
afterAll(() => open.close());

const statOf = (
	{source, destination}: Pair,
	MetricName: string,
	changes: Partial<MetricStat> = {},
): MetricStat => ({
	Metric: {
		Namespace: 'AWS/S3',
		MetricName,
		Dimensions: [
			{Name: 'SourceBucket', Value: source},
			{Name: 'DestinationBucket', Value: destination},
			{Name: 'RuleId', Value: 'rule'},
		],
	},
	Period: 60,
	Stat: 'Maximum',
	...changes,
});
const ask = async (
	client: CloudWatchClient,
	MetricStat: MetricStat,
	input: Partial<GetMetricDataCommandInput> = {},
) => {
	const {MetricDataResults} = await client.send(
		new GetMetricDataCommand({
			MetricDataQueries: [{Id: 'a', MetricStat}],
			StartTime: new Date(startedMs),
			EndTime: new Date(startedMs + 20 * minuteMs),
			...input,
		}),
	);
	return MetricDataResults?.[0];
};
const inSource = () => open.cloudWatch('source', 'us-east-1');
const inDestination = () => open.cloudWatch('source', 'us-west-2');

describe('GetMetricData', () => {
	it('counts what failed, in the region of the source, and gives no 0 (documented: replication-metrics)', async () => {
		const failed = await ask(inSource(), statOf(broken, 'OperationsFailedReplication', {Stat: 'Sum'}));
		expect(failed).toEqual({
			Id: 'a',
			Label: 'OperationsFailedReplication',
			Timestamps: [expect.any(Date) as Date],
			Values: [2],
			StatusCode: 'Complete',
		});
		expect((await ask(inSource(), statOf(whole, 'OperationsFailedReplication')))?.Values).toEqual([]);
		expect((await ask(inDestination(), statOf(broken, 'OperationsFailedReplication')))?.Values).toEqual([]);
	});

	it.each([
		{name: 'OperationsPendingReplication', first: 2},
		{name: 'BytesPendingReplication', first: 150},
	])(
		'has the most of $name a minute, in the region of the destination (documented: replication-metrics)',
		async ({name, first}) => {
			const result = await ask(inDestination(), statOf(whole, name), {ScanBy: 'TimestampAscending'});
			expect(result?.Timestamps?.[0]).toEqual(new Date(startedMs));
			expect([result?.Values?.[0], result?.Values?.at(-1)]).toEqual([first, first]);
			expect((await ask(inSource(), statOf(whole, name)))?.Values).toEqual([]);
		},
	);

	it('tells how late the replicas are, the newest first, over any period (documented: CloudWatch API reference, GetMetricData)', async () => {
		const {Values = []} = (await ask(inDestination(), statOf(whole, 'ReplicationLatency'))) ?? {};
		expect(Values.length).toBeGreaterThanOrEqual(10);
		expect(Values[0]).toBeGreaterThanOrEqual(540);
		const hourly = await ask(inDestination(), statOf(whole, 'ReplicationLatency', {Period: 3600}));
		// Two periods where an hour ends meanwhile.
		expect(Math.max(...(hourly?.Values ?? []))).toBeCloseTo(Math.max(...Values), 0);
	});

	it.each<{what: string; changes: Partial<MetricStat>}>([
		{what: 'another namespace', changes: {Metric: {Namespace: 'AWS/EC2', MetricName: 'ReplicationLatency'}}},
		{what: 'too few dimensions', changes: {Metric: {Namespace: 'AWS/S3', MetricName: 'ReplicationLatency'}}},
		{what: 'another unit', changes: {Unit: 'Bytes'}},
	])(
		'has no values for $what (documented: CloudWatch User Guide, cloudwatch_concepts)',
		async ({changes}) => {
			expect((await ask(inDestination(), statOf(whole, 'ReplicationLatency', changes)))?.Values).toEqual([]);
		},
	);

	it('is refused without permission, and with an end before its start (documented: CloudWatch API reference)', async () => {
		const key = open.sandbox.addUser({
			accountId: sourceAccountId,
			userName: open.name('user'),
			policy: {Version: '2012-10-17', Statement: []},
		});
		const stat = statOf(whole, 'ReplicationLatency');
		expect(await errorOf(ask(open.cloudWatch(key, 'us-east-1'), stat))).toMatchObject({
			code: 'AccessDenied',
			status: 403,
			message: expect.stringContaining('cloudwatch:GetMetricData') as string,
		});
		expect(await errorOf(ask(inSource(), stat, {EndTime: new Date(0)}))).toMatchObject({
			code: 'ValidationError',
			status: 400,
			message: 'The parameter StartTime must be less than the parameter EndTime.',
		});
	});

	it.each([
		{what: 'metric expressions', query: {Id: 'a', Expression: 'a * 2'}},
		{what: 'the statistic p99', query: {Id: 'a', MetricStat: {Metric: {}, Period: 60, Stat: 'p99'}}},
	])('refuses $what by name (ours)', async ({what, query}) => {
		const call = inSource().send(
			new GetMetricDataCommand({
				MetricDataQueries: [query],
				StartTime: new Date(0),
				EndTime: new Date(),
			}),
		);
		expect(await errorOf(call)).toMatchObject({
			code: 'NotImplemented',
			status: 501,
			message: `The sandbox does not implement ${what}.`,
		});
	});
});

describe('a client of another protocol', () => {
	const clientOf = (protocol: CloudWatchClientConfig['protocol']): CloudWatchClient =>
		new CloudWatchClient({
			region: 'us-east-1',
			endpoint: open.sandbox.endpointUrl,
			credentials: open.sandbox.addUser({accountId: sourceAccountId, userName: open.name('user')}),
			maxAttempts: 1,
			...(protocol === undefined ? {} : {protocol}),
		});

	it.each([
		{
			what: 'CBOR, as boto3 may ask (documented: Smithy, smithy-rpc-v2)',
			protocol: AwsSmithyRpcV2CborProtocol,
		},
		{what: 'a form, as older ones ask (documented: Smithy, aws-query-protocol)', protocol: AwsQueryProtocol},
	])('gets the same by $what', async ({protocol}) => {
		const client = clientOf(protocol as CloudWatchClientConfig['protocol']);
		const stat = statOf(broken, 'OperationsFailedReplication', {Stat: 'Sum'});
		expect(await ask(client, stat)).toEqual(await ask(inSource(), stat));
		expect(await errorOf(ask(client, stat, {EndTime: new Date(0)}))).toMatchObject({
			code: 'ValidationError',
			status: 400,
			message: 'The parameter StartTime must be less than the parameter EndTime.',
		});
		expect(await errorOf(client.send(new ListMetricsCommand({})))).toMatchObject({
			code: 'NotImplemented',
			status: 501,
		});
		client.destroy();
	});

	it('is refused with what is no CBOR, and for another service', async () => {
		const key = open.sandbox.addUser({accountId: sourceAccountId, userName: open.name('raw')});
		const send = async (path: string) =>
			sendRaw(open.sandbox.endpointUrl, key, {
				method: 'POST',
				path,
				service: 'monitoring',
				headers: {'smithy-protocol': 'rpc-v2-cbor', 'content-type': 'application/cbor'},
				body: 'no CBOR',
			});
		expect((await send('/service/GraniteServiceVersion20100801/operation/GetMetricData')).status).toBe(400);
		expect((await send('/service/Other/operation/GetMetricData')).status).toBe(404);
	});
});
