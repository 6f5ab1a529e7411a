import {
	DeleteBucketReplicationCommand,
	DeleteObjectCommand,
	PutBucketReplicationCommand,
	PutBucketVersioningCommand,
	PutObjectCommand,
	PutObjectTaggingCommand,
	type ReplicationRule,
} from '@aws-sdk/client-s3';
import {type SQSClient} from '@aws-sdk/client-sqs';
import {afterEach, describe, expect, it} from 'vitest';
import {type SandboxOptions} from '../../source/sandbox/start-sandbox.js';
import {until} from '../support/until.js';
import {createEventQueue, type EventQueue, sendEventsTo, takeEvents} from './support/event-queue.js';
import {openSandbox, type OpenSandbox, ruleTo} from './support/open-sandbox.js';
import {makePassingClock, type PassingClock} from './support/passing-clock.js';
import {type Pair, type PairOptions, setUpPair} from './support/replicated-pair.js';

// The events that S3 tells of replication, to a queue (S3 User Guide, replication-metrics-events).

let open: OpenSandbox;
let sqs: SQSClient;
let pair: Pair;
let queue: EventQueue;
afterEach(() => open.close());

const withMetrics = (bucket: string, changes: Partial<ReplicationRule> = {}): ReplicationRule =>
	ruleTo(bucket, {
		Destination: {Bucket: `arn:aws:s3:::${bucket}`, Metrics: {Status: 'Enabled'}},
		...changes,
	});
const withTimeControl = (bucket: string, Status: 'Enabled' | 'Disabled' = 'Enabled'): ReplicationRule =>
	ruleTo(bucket, {
		Destination: {
			Bucket: `arn:aws:s3:::${bucket}`,
			Metrics: {Status, EventThreshold: {Minutes: 15}},
			ReplicationTime: {Status, Time: {Minutes: 15}},
		},
	});

const start = async (options: SandboxOptions, pairOptions: PairOptions): Promise<void> => {
	open = await openSandbox(options);
	sqs = open.sqs('source', 'us-east-1');
	pair = await setUpPair(open, pairOptions);
	queue = await createEventQueue(open, sqs, pair.source);
	await sendEventsTo(open.source, pair.source, queue, ['s3:Replication:*']);
	await takeEvents(sqs, queue);
};
const put = async (Key: string) =>
	open.source.send(new PutObjectCommand({Bucket: pair.source, Key, Body: 'something'}));
const copies = (count: number) => until(() => open.sandbox.replications.length >= count);
const putRules = async (...Rules: ReplicationRule[]) =>
	open.source.send(
		new PutBucketReplicationCommand({
			Bucket: pair.source,
			ReplicationConfiguration: {Role: pair.roleArn, Rules},
		}),
	);

describe('a copy that fails', () => {
	it('is told with its reason (documented: replication-metrics-events)', async () => {
		await start({}, {rules: (bucket) => [withMetrics(bucket)], missing: ['s3:ReplicateObject']});
		const {VersionId, ETag = ''} = await put('a file.txt');
		await copies(1);
		const [event, ...others] = await takeEvents(sqs, queue);
		expect(event).toEqual({
			eventVersion: '2.2',
			eventSource: 'aws:s3',
			awsRegion: 'us-east-1',
			eventTime: expect.stringMatching(/Z$/) as string,
			eventName: 'Replication:OperationFailedReplication',
			userIdentity: {principalId: 's3.amazonaws.com'},
			requestParameters: {sourceIPAddress: 's3.amazonaws.com'},
			responseElements: {
				'x-amz-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
				'x-amz-id-2': expect.any(String) as string,
			},
			s3: {
				s3SchemaVersion: '1.0',
				configurationId: 'events',
				bucket: {
					name: pair.source,
					ownerIdentity: {principalId: expect.any(String) as string},
					arn: `arn:aws:s3:::${pair.source}`,
				},
				object: {
					key: 'a+file.txt',
					size: 9,
					eTag: ETag.replaceAll('"', ''),
					versionId: VersionId,
					sequencer: expect.any(String) as string,
				},
			},
			replicationEventData: {
				replicationRuleId: 'rule',
				destinationBucket: `arn:aws:s3:::${pair.destination}`,
				s3Operation: 'OBJECT_PUT',
				requestTime: expect.stringMatching(/Z$/) as string,
				failureReason: 'DstPutObjectNotPermitted',
			},
		});
		expect(others).toEqual([]);
		expect(open.sandbox.replications[0]).toMatchObject({
			outcome: 'FAILED',
			event: 'OperationFailedReplication',
			failureReason: 'DstPutObjectNotPermitted',
		});
	});

	it('is not told without the metrics of the rule (documented: replication-metrics)', async () => {
		await start({}, {rules: (bucket) => [ruleTo(bucket)], missing: ['s3:ReplicateObject']});
		await put('k');
		await copies(1);
		expect(await takeEvents(sqs, queue)).toEqual([]);
		expect(open.sandbox.replications[0]).not.toHaveProperty('event');
	});

	it('is told of each destination that has metrics, and of changes (of the operations but OBJECT_PUT guessed)', async () => {
		await start(
			{},
			{rules: (bucket) => [withMetrics(bucket, {DeleteMarkerReplication: {Status: 'Enabled'}})]},
		);
		const {VersionId} = await put('k');
		await copies(1);
		await pair.destinationClient.send(
			new PutBucketVersioningCommand({
				Bucket: pair.destination,
				VersioningConfiguration: {Status: 'Suspended'},
			}),
		);
		const Tagging = {TagSet: [{Key: 'a', Value: 'b'}]};
		await open.source.send(new PutObjectTaggingCommand({Bucket: pair.source, Key: 'k', VersionId, Tagging}));
		await copies(2);
		await open.source.send(new DeleteObjectCommand({Bucket: pair.source, Key: 'k'}));
		await copies(3);
		const events = await takeEvents(sqs, queue);
		expect(
			events.map(({eventName, replicationEventData = {}}) => [
				eventName,
				replicationEventData['s3Operation'],
				replicationEventData['failureReason'],
			]),
		).toEqual([
			['Replication:OperationFailedReplication', 'OBJECT_PUT_TAGGING', 'DstBucketUnversioned'],
			['Replication:OperationFailedReplication', 'OBJECT_DELETE', 'DstBucketUnversioned'],
		]);
	});

	it('is told by the rule as it was where the configuration is gone (guessed)', async () => {
		const clock = makePassingClock();
		await start({clock}, {rules: (bucket) => [withMetrics(bucket)]});
		await put('k');
		await open.source.send(new DeleteBucketReplicationCommand({Bucket: pair.source}));
		await clock.pass(10_000);
		const [event] = await takeEvents(sqs, queue);
		expect(event?.replicationEventData).toMatchObject({
			replicationRuleId: 'rule',
			failureReason: 'SrcBucketReplicationConfigMissing',
		});
	});
});

describe('a replica', () => {
	it('is an event of its bucket, by the role (third-party: AWS re:Post)', async () => {
		await start({}, {rules: (bucket) => [ruleTo(bucket)]});
		const there = open.sqs('source', 'us-west-2');
		const arrived = await createEventQueue(open, there, pair.destination, {region: 'us-west-2'});
		await sendEventsTo(pair.destinationClient, pair.destination, arrived, ['s3:ObjectCreated:*']);
		const {VersionId} = await put('k');
		await copies(1);
		const [event, ...others] = await takeEvents(there, arrived);
		expect(event).toMatchObject({
			eventName: 'ObjectCreated:Put',
			userIdentity: {principalId: expect.stringMatching(/^AWS:AROA\w+:s3-replication$/) as string},
			s3: {object: {key: 'k', versionId: VersionId}},
		});
		expect(others).toEqual([]);
	});
});

describe('a copy under S3 RTC', () => {
	const quarterMs = 15 * 60_000;
	let clock: PassingClock;

	/** Copies take two and a half hours, or about that. */
	const startLate = async (ruleOf: (bucket: string) => ReplicationRule): Promise<void> => {
		clock = makePassingClock();
		await start({clock, replicationDelayMs: 10 * quarterMs}, {rules: (bucket) => [ruleOf(bucket)]});
	};
	/** The clients go with the clock: beyond 15 minutes their signatures would be too old. */
	const pass = async (spanMs: number): Promise<void> => {
		await clock.pass(spanMs);
		for (const client of [open.source, sqs]) client.config.systemClockOffset += spanMs;
	};
	const told = async () =>
		(await takeEvents(sqs, queue)).map(({eventName}) => eventName.replace('Replication:', ''));

	it('that is late is told when the time is over, and when it is made (documented: replication-time-control)', async () => {
		await startLate((bucket) => withTimeControl(bucket));
		await put('late');
		await pass(quarterMs - 60_000);
		expect(await told()).toEqual([]);
		await pass(60_000);
		expect(await told()).toEqual(['OperationMissedThreshold']);
		await pass(100 * quarterMs);
		expect(await told()).toEqual(['OperationReplicatedAfterThreshold']);
		expect(open.sandbox.replications.map(({outcome, event}) => [outcome, event])).toEqual([
			['PENDING', 'OperationMissedThreshold'],
			['COMPLETED', 'OperationReplicatedAfterThreshold'],
		]);
	});

	it.each([
		{what: 'no time control', ruleOf: withMetrics, outcomes: ['COMPLETED']},
		{what: 'neither', ruleOf: ruleTo, outcomes: ['COMPLETED']},
	])(
		'and one whose rule has $what is told of by nobody (documented: replication-time-control)',
		async ({ruleOf, outcomes}) => {
			await startLate((bucket) => ruleOf(bucket));
			await put('late');
			await pass(100 * quarterMs);
			expect(await told()).toEqual([]);
			expect(open.sandbox.replications.map(({outcome}) => outcome)).toEqual(outcomes);
		},
	);

	it('that its rule promises no longer is not tracked (documented: replication-metrics-events; when, guessed)', async () => {
		await startLate((bucket) => withTimeControl(bucket));
		await put('k');
		await putRules(withTimeControl(pair.destination, 'Disabled'));
		await pass(100 * quarterMs);
		expect(await told()).toEqual(['OperationNotTracked']);
		expect(open.sandbox.replications.at(-1)).toMatchObject({outcome: 'COMPLETED'});
	});
});
