import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {
	DeleteBucketCommand,
	GetBucketNotificationConfigurationCommand,
	PutBucketVersioningCommand,
} from '@aws-sdk/client-s3';
import {ListQueuesCommand} from '@aws-sdk/client-sqs';
import {afterAll, beforeAll, expect, it} from 'vitest';
import {openSandbox, type OpenSandbox, sourceAccountId} from '../sandbox/support/open-sandbox.js';
import {type Pair, setUpPair} from '../sandbox/support/replicated-pair.js';
import {contractFaults} from '../support/json-contract.js';
import {runHere} from '../support/run-here.js';
import {sampled} from '../support/sampled.js';

let open: OpenSandbox;
let home: string;
beforeAll(async () => {
	open = await openSandbox({replicationDelayMs: 5});
	home = await mkdtemp(path.join(tmpdir(), 's3-replicate-reasons-'));
});
afterAll(async () => {
	await open.close();
	await rm(home, {recursive: true});
});

type Case = {
	readonly broken: string;
	readonly reason: string;
	readonly command: readonly string[];
	readonly breakIt: (pair: Pair) => Promise<unknown>;
};

const suspend = async ({destinationClient, destination: Bucket}: Pair) =>
	destinationClient.send(
		new PutBucketVersioningCommand({Bucket, VersioningConfiguration: {Status: 'Suspended'}}),
	);

const watching = ['watch', '--files', '1'];
const cases: readonly Case[] = [
	{broken: 'a suspended destination', reason: 'DstBucketUnversioned', command: watching, breakIt: suspend},
	{
		broken: 'a deleted destination',
		reason: 'DstBucketNotFound',
		command: watching,
		breakIt: async ({destinationClient, destination: Bucket}) =>
			destinationClient.send(new DeleteBucketCommand({Bucket})),
	},
	{
		broken: 'a suspended destination, and a probe',
		reason: 'DstBucketUnversioned',
		command: ['diagnose', '--probe'],
		breakIt: suspend,
	},
];

it.each(sampled('reasons blocked', cases))(
	'$broken does not keep --reasons from telling why',
	async ({reason, command, breakIt}) => {
		const pair = await setUpPair(open, {isCrossAccount: true});
		await breakIt(pair);
		const {exitCode, stdout} = await runHere(
			[
				...command,
				...[
					'--source-bucket',
					pair.source,
					'--source-profile',
					'source',
					'--destination-profile',
					'destination',
				],
				...[
					'--endpoint-url',
					open.sandbox.endpointUrl,
					'--reasons',
					'--yes',
					'--reasons-wait',
					'0',
					'--json',
				],
			],
			{
				home,
				env: {
					AWS_CONFIG_FILE: open.sandbox.configFile,
					AWS_SHARED_CREDENTIALS_FILE: open.sandbox.credentialsFile,
					XDG_STATE_HOME: path.join(home, 'state'),
					HOME: home,
				},
			},
		);
		const {of} = eventsIn(stdout);
		expect(exitCode).toBe(1);
		expect(of('check-finished')).toMatchObject([
			{id: 'failure-events', result: 'warning', problem: {code: 'reasons-blocked'}},
		]);
		expect(of('cause-found')[0]).toMatchObject({reason, certainty: 'certain'});
		expect(of('object-failed').length).toBeGreaterThan(0);
		// Nothing was set up.
		expect(of('plan-made')).toEqual([]);
		const {QueueUrls = []} = await open.sqs('source', 'us-east-1').send(new ListQueuesCommand({}));
		expect(QueueUrls).toEqual([]);
		const {QueueConfigurations} = await open.source.send(
			new GetBucketNotificationConfigurationCommand({Bucket: pair.source}),
		);
		expect(QueueConfigurations).toBe(undefined);
	},
);

function eventsIn(stdout: string) {
	const events = stdout
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
	return {events, of: (type: string) => events.filter((event) => event.type === type)};
}

it('a destination that nobody sees does not keep --reasons from going on, and its rule is named', async () => {
	const pair = await setUpPair(open, {isCrossAccount: true});
	await suspend(pair);
	const {accessKeyId, secretAccessKey} = open.sandbox.addUser({
		...{accountId: sourceAccountId, userName: 'alone'},
		policy: {Version: '2012-10-17', Statement: [{Effect: 'Allow', Action: '*', Resource: '*'}]},
	});
	const credentials = path.join(home, 'alone');
	const keys = `aws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
	await writeFile(credentials, `[alone]\nregion = us-east-1\n${keys}`);
	const {exitCode, stdout} = await runHere(
		[
			...[
				'watch',
				'--files',
				'1',
				'--timeout',
				'2',
				'--source-bucket',
				pair.source,
				'--source-profile',
				'alone',
			],
			...['--endpoint-url', open.sandbox.endpointUrl, '--reasons', '--yes', '--reasons-wait', '0', '--json'],
		],
		{
			home,
			env: {
				AWS_CONFIG_FILE: path.join(home, 'none'),
				AWS_SHARED_CREDENTIALS_FILE: credentials,
				XDG_STATE_HOME: path.join(home, 'state-alone'),
				HOME: home,
			},
		},
	);
	const {events, of} = eventsIn(stdout);
	expect([exitCode, contractFaults(events as never)]).toEqual([1, []]);
	expect(of('check-finished')).toMatchObject([
		{
			id: 'failure-events',
			problem: {code: 'reasons-blocked', cause: expect.stringContaining('Without reasons: rule rule.')},
		},
	]);
	// Metrics come first: nothing else was made, and the files are sent and followed.
	expect(of('operation-finished')).toEqual([]);
	expect(of('object-failed').length).toBeGreaterThan(0);
	expect(events.at(-1)).toMatchObject({outcome: 'failed', problem: {code: 'files-failed'}});
});
