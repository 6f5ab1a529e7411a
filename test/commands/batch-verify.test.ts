import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {DeleteObjectCommand, PutBucketReplicationCommand} from '@aws-sdk/client-s3';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {openSandbox, type OpenSandbox, ruleTo} from '../sandbox/support/open-sandbox.js';
import {finalStatusOf, type Pair, put, setUpPair} from '../sandbox/support/replicated-pair.js';
import {contractFaults} from '../support/json-contract.js';
import {runHere} from '../support/run-here.js';
import {sampled} from '../support/sampled.js';

let open: OpenSandbox;
let home: string;
beforeAll(async () => {
	open = await openSandbox({replicationDelayMs: 5});
	home = await mkdtemp(path.join(tmpdir(), 's3-replicate-verify-'));
});
afterAll(async () => {
	await open.close();
	await rm(home, {recursive: true});
});

const verify = async ({source}: Pick<Pair, 'source'>, ...more: readonly string[]) =>
	runHere(
		[
			...['batch', '--verify', '--source-bucket', source, '--source-profile', 'source', '--lag', '0'],
			...['--destination-profile', 'destination', '--endpoint-url', open.sandbox.endpointUrl, ...more],
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

type Event = Readonly<Record<string, unknown>> & {readonly type: string; readonly at: string};
const eventsIn = (stdout: string): readonly Event[] =>
	stdout
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line) as Event);
const endOf = (events: readonly Event[]) => events.find(({type}) => type === 'comparison-finished');

const copied = async (pair: Pair, key: string, tagging?: string): Promise<string> => {
	const version = await put(open.source, pair.source, key, tagging);
	await finalStatusOf(open.source, pair.source, key, version);
	return version;
};

describe('batch --verify', () => {
	it.each(sampled('verified accounts', [false, true], 10))(
		'ends with 0 where both sides are in step, across accounts: %s',
		async (isCrossAccount) => {
			const pair = await setUpPair(open, {isCrossAccount});
			for (const key of ['a b', 'a+b', 'a,b', 'é', 'a/b']) await copied(pair, key);
			await open.source.send(new DeleteObjectCommand({Bucket: pair.source, Key: 'a/b'}));
			const {exitCode, stdout} = await verify(pair, '--json');
			const events = eventsIn(stdout);
			expect(contractFaults(events)).toEqual([]);
			expect(endOf(events)).toMatchObject({
				same: 4,
				missing: 0,
				different: 0,
				leftOut: 1,
				requests: {list: 2, head: 0},
			});
			expect(exitCode).toBe(0);
		},
	);

	it('ends with 1 where objects were there before the rule, and names what copies them', async () => {
		const disabled = await setUpPair(open, {rules: (to) => [ruleTo(to, {Status: 'Disabled'})]});
		await put(open.source, disabled.source, 'old');
		const without = await verify(disabled);
		expect(without.stdout).toContain('no rule is enabled');
		await open.source.send(
			new PutBucketReplicationCommand({
				Bucket: disabled.source,
				ReplicationConfiguration: {Role: disabled.roleArn, Rules: [ruleTo(disabled.destination)]},
			}),
		);
		const {exitCode, stdout} = await verify(disabled);
		expect(stdout).toContain('✗ old  is missing');
		expect(stdout).toContain('status none');
		expect(stdout).toContain(`s3-replicate batch --source-bucket ${disabled.source}`);
		expect([without.exitCode, exitCode]).toEqual([1, 1]);
		const young = await verify(disabled, '--created-before', '2020-01-01');
		expect(young.exitCode).toBe(0);
	});

	it('tells what is missing and what is different, one by one', async () => {
		const pair = await setUpPair(open);
		const [gone] = [await copied(pair, 'gone'), await copied(pair, 'over')];
		await pair.destinationClient.send(
			new DeleteObjectCommand({Bucket: pair.destination, Key: 'gone', VersionId: gone}),
		);
		await put(pair.destinationClient, pair.destination, 'over');
		await put(pair.destinationClient, pair.destination, 'extra');
		const {exitCode, stdout} = await verify(pair);
		expect(exitCode).toBe(1);
		expect(stdout).toContain(`✗ gone  is missing (version ${gone}; status COMPLETED)`);
		expect(stdout).toContain('✗ over  is different');
		expect(stdout).toContain('0 the same, 1 missing, 1 different, 1 only at the destination');
		// A job would find nothing: documented, S3 User Guide, "Replicating existing objects".
		expect(stdout).toContain('No job copies deleted replicas again (1): copy those objects onto themselves.');
		expect(stdout).not.toContain('Copy what is missing');
	});

	// Documented: a listing shows no tags; HEAD and GetObjectTagging do.
	it('asks for the tags of what is missing where a rule filters by tags', async () => {
		const pair = await setUpPair(open, {
			rules: (destination) => [ruleTo(destination, {Filter: {Tag: {Key: 'k', Value: 'v'}}})],
		});
		await copied(pair, 'taken', 'k=v');
		await put(open.source, pair.source, 'left', 'k=w');
		const lost = await copied(pair, 'lost', 'k=v');
		await pair.destinationClient.send(
			new DeleteObjectCommand({Bucket: pair.destination, Key: 'lost', VersionId: lost}),
		);
		const {stdout} = await verify(pair, '--json');
		expect(endOf(eventsIn(stdout))).toMatchObject({
			...{same: 1, missing: 1, notKnown: 0, leftOut: 1},
			requests: {head: 2},
		});
	});

	it('compares only what begins so', async () => {
		const pair = await setUpPair(open);
		for (const key of ['logs/a', 'other/a']) await copied(pair, key);
		const {stdout} = await verify(pair, '--prefix', 'logs/', '--json');
		expect(endOf(eventsIn(stdout))).toMatchObject({same: 1, versions: 2});
	});

	it('tells how S3 Inventory and Athena do it where there are too many objects', async () => {
		const pair = await setUpPair(open);
		for (const key of ['a', 'b']) await copied(pair, key);
		const {exitCode, stdout} = await verify(pair, '--max-objects', '1', '--json');
		const problem = eventsIn(stdout).at(-1)?.['problem'];
		expect(problem).toMatchObject({code: 'too-many-objects'});
		expect(JSON.stringify(problem)).toContain('IncludedObjectVersions');
		expect(JSON.stringify(problem)).toContain('LEFT JOIN destination_inventory');
		expect(exitCode).toBe(1);
	});

	it('says that a profile of the destination’s account is missing', async () => {
		const pair = await setUpPair(open, {isCrossAccount: true});
		const args = ['batch', '--verify', '--source-bucket', pair.source, '--source-profile', 'source'];
		const {exitCode, stdout} = await runHere([...args, '--endpoint-url', open.sandbox.endpointUrl], {
			home,
			env: {
				AWS_CONFIG_FILE: open.sandbox.configFile,
				AWS_SHARED_CREDENTIALS_FILE: open.sandbox.credentialsFile,
				XDG_STATE_HOME: path.join(home, 'state'),
				HOME: home,
			},
		});
		expect(stdout).toContain('--destination-profile');
		expect(exitCode).toBe(1);
	});

	it.each([
		['--created-after', 'yesterday', '--created-after is a day or a time'],
		['--max-objects', '0', '--max-objects is a whole number from 1 up'],
		['--source-region', 'nowhere', '--source-region cannot be used'],
	])('refuses %s %s', async (option, value, cause) => {
		const {exitCode, stderr} = await verify({source: 'some-bucket'}, option, value);
		expect(stderr).toContain(cause);
		expect(exitCode).toBe(2);
	});
});
