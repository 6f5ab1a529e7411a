import {
	DeleteBucketPolicyCommand,
	GetBucketNotificationConfigurationCommand,
	GetBucketReplicationCommand,
	PutBucketNotificationConfigurationCommand,
} from '@aws-sdk/client-s3';
import {ListQueuesCommand} from '@aws-sdk/client-sqs';
import {afterAll, beforeAll, beforeEach, describe, expect, it} from 'vitest';
import {createEventQueue, type EventQueue, sendEventsTo} from '../sandbox/support/event-queue.js';
import {openSandbox, type OpenSandbox} from '../sandbox/support/open-sandbox.js';
import {runProgram, temporaryFolder} from '../support/program.js';
import {sandboxSession, tutorialAnswers} from '../support/sandbox-session.js';

describe('watch --reasons', () => {
	let one: OpenSandbox;
	let env: Record<string, string>;
	let others: EventQueue;

	beforeAll(async () => {
		one = await openSandbox();
		const {configFile, credentialsFile, endpointUrl} = one.sandbox;
		env = {
			AWS_CONFIG_FILE: configFile,
			AWS_SHARED_CREDENTIALS_FILE: credentialsFile,
			AWS_ENDPOINT_URL: endpointUrl,
		};
		const answers = {...tutorialAnswers('cross-account'), sourceBucket: 'r-a', destinationBucket: 'r-b'};
		const session = sandboxSession(one.sandbox, {answers});
		await session.openEnvironment('aws');
		await session.makePlan(answers);
		expect(await session.apply()).toBe(true);
		// Without it the role may not write to the bucket of another account.
		await one.destination.send(new DeleteBucketPolicyCommand({Bucket: 'r-b'}));
		others = await createEventQueue(one, one.sqs('source', 'us-east-1'), 'r-a');
	});

	beforeEach(async () => {
		env = {...env, XDG_STATE_HOME: await temporaryFolder()};
		await sendEventsTo(one.source, 'r-a', others, ['s3:ObjectCreated:*']);
	});

	afterAll(async () => one.close());

	const args = [
		'--source-bucket',
		'r-a',
		'--source-profile',
		'source',
		'--destination-profile',
		'destination',
	];
	const watchArgs = ['watch', '--json', ...args, '--files', '3', '--reasons'];

	const queueNames = async (): Promise<readonly string[]> => {
		const {QueueUrls = []} = await one.sqs('source', 'us-east-1').send(new ListQueuesCommand({}));
		return QueueUrls.map((url) => url.slice(url.lastIndexOf('/') + 1)).filter((name) => /reasons/.test(name));
	};
	const notifications = async () => {
		const {$metadata: _metadata, ...configuration} = await one.source.send(
			new GetBucketNotificationConfigurationCommand({Bucket: 'r-a'}),
		);
		return configuration;
	};
	const metrics = async () => {
		const {ReplicationConfiguration: configuration} = await one.source.send(
			new GetBucketReplicationCommand({Bucket: 'r-a'}),
		);
		return configuration?.Rules?.map(({Destination}) => Destination?.Metrics?.Status);
	};

	it('tells the reason of each file, and takes down what it set up', async () => {
		const before = await notifications();

		const {exitCode, events} = await runProgram([...watchArgs, '--yes', '--reasons-wait', '0'], {env});

		expect(exitCode).toBe(1);
		const failed = events().filter(({type}) => type === 'object-failed');
		const told = events().filter(({type}) => type === 'failure-reason-received');
		expect(told.map(({reason}) => reason)).toEqual(failed.map(() => 'DstPutObjectNotPermitted'));
		expect(told).toHaveLength(3);
		expect(new Set(told.map(({versionId}) => versionId))).toEqual(
			new Set(failed.map(({versionId}) => versionId)),
		);
		// The rule has its metrics since a moment ago: what CloudWatch says of it is told, if there is nothing.
		expect(events().filter(({type}) => type === 'replication-metrics-read')).not.toEqual([]);
		expect(told[0]).toMatchObject({destination: 'r-b', operation: 'OBJECT_PUT'});
		expect(events().at(-1)).toMatchObject({
			problem: {
				code: 'files-failed',
				cause: expect.stringContaining('DstPutObjectNotPermitted (3)') as string,
				nextSteps: expect.arrayContaining([
					expect.stringContaining('s3-replicate diagnose --source-bucket r-a'),
				]) as string[],
			},
		});
		expect(await queueNames()).toEqual([]);
		expect(await notifications()).toEqual(before);
		expect(await metrics()).toEqual([undefined]);
	});

	it('leaves it where that is asked for, tells of it where it is in the way, and undo takes it down', async () => {
		const before = await notifications();
		const keeping = [...watchArgs, '--yes', '--reasons-wait', '0', '--keep-reasons'];
		const kept = await runProgram(keeping, {env});
		const runId = kept.events()[0]?.['runId'] as string;

		expect(await queueNames()).toEqual([`s3-replicate-reasons-${runId}`]);
		const {QueueConfigurations: entries = []} = await notifications();
		expect(entries).toHaveLength(2);
		expect(entries[0]).toEqual(before.QueueConfigurations?.[0]);
		expect(await metrics()).toEqual(['Enabled']);

		const again = await runProgram(keeping, {env});
		expect(again.exitCode).toBe(1);
		expect(again.events().at(-1)).toMatchObject({
			problem: {
				code: 'events-taken',
				nextSteps: [expect.stringContaining(`s3-replicate undo ${runId}`) as string, expect.anything()],
			},
		});

		const undone = await runProgram(['undo', runId, '--yes', '--json'], {env});
		expect(undone.exitCode).toBe(0);
		expect(await queueNames()).toEqual([]);
		expect(await notifications()).toEqual(before);
		expect(await metrics()).toEqual([undefined]);
	});

	it('writes nothing without a yes where nobody can be asked', async () => {
		const before = one.sandbox.requests.length;

		const {exitCode, events} = await runProgram(watchArgs, {env});

		expect(exitCode).toBe(2);
		expect(events().find(({type}) => type === 'plan-made')).toMatchObject({
			operations: [
				{kind: 'create-queue', change: 'create'},
				{kind: 'put-bucket-notification', change: 'update'},
				{kind: 'put-replication', change: 'update'},
			],
		});
		const written = one.sandbox.requests.slice(before).map(({operation}) => operation);
		expect(written.filter((name) => /^(Put|Create|Delete)/.test(name))).toEqual([]);
	});

	it('never reads a queue that others read, and says whose the events are', async () => {
		await sendEventsTo(one.source, 'r-a', others, ['s3:Replication:*']);

		const {exitCode, events} = await runProgram([...watchArgs, '--yes', '--reasons-wait', '0'], {env});

		expect(exitCode).toBe(1);
		expect(events().at(-1)).toMatchObject({
			problem: {code: 'events-taken', cause: expect.stringContaining(others.arn) as string},
		});
		expect(await queueNames()).toEqual([]);
	});

	it.each(['--yes', '--keep-reasons', '--reasons-wait=1'])(
		'knows no %s without --reasons',
		async (option) => {
			const {exitCode, events} = await runProgram(['watch', '--json', ...args, option], {env});

			expect(exitCode).toBe(2);
			expect(events().at(-1)).toMatchObject({
				problem: {cause: expect.stringContaining('--reasons sets up') as string},
			});
		},
	);

	it('says for people what it waits for and what S3 says', async () => {
		await one.source.send(
			new PutBucketNotificationConfigurationCommand({Bucket: 'r-a', NotificationConfiguration: {}}),
		);
		const lines = ['watch', ...args, '--files', '1', '--reasons', '--yes', '--reasons-wait', '1'];

		const {stdout} = await runProgram(lines, {env});

		expect(stdout).toMatch(/… S3 tells of failures soon after metrics go on/);
		expect(stdout).toMatch(/✗ .*00001\.txt {2}S3 says why: DstPutObjectNotPermitted \(to r-b\)/);
		expect(stdout).not.toMatch(/Left .*queue/);
		expect(await notifications()).toEqual({});
	});
});
