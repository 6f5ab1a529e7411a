import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {CreateRoleCommand, PutRolePolicyCommand} from '@aws-sdk/client-iam';
import {
	CreateBucketCommand,
	DeleteObjectCommand,
	HeadObjectCommand,
	PutBucketReplicationCommand,
	PutObjectCommand,
} from '@aws-sdk/client-s3';
import {afterAll, beforeAll, beforeEach, describe, expect, it} from 'vitest';
import {openSandbox, type OpenSandbox, ruleTo} from '../sandbox/support/open-sandbox.js';
import {finalStatusOf, type Pair, put, setUpPair, trustOfS3} from '../sandbox/support/replicated-pair.js';
import {batchRolePolicy} from '../../source/domain/batch/batch-role.js';
import {listOf} from '../../source/policy/document.js';
import {contractFaults} from '../support/json-contract.js';
import {runProgram} from '../support/program.js';
import {sampled} from '../support/sampled.js';

let open: OpenSandbox;
let home: string;
beforeAll(async () => {
	open = await openSandbox({replicationDelayMs: 5});
});
beforeEach(async () => {
	home = await mkdtemp(path.join(tmpdir(), 's3-replicate-batch-'));
	return async () => rm(home, {recursive: true});
});
afterAll(async () => open.close());

const here = async (...args: readonly string[]) =>
	runProgram(args, {
		env: {
			AWS_CONFIG_FILE: open.sandbox.configFile,
			AWS_SHARED_CREDENTIALS_FILE: open.sandbox.credentialsFile,
			XDG_STATE_HOME: path.join(home, 'state'),
		},
	});

const batch = async ({source}: Pick<Pair, 'source'>, ...more: readonly string[]) =>
	here(
		...[
			'batch',
			'--source-bucket',
			source,
			'--source-profile',
			'source',
			'--destination-profile',
			'destination',
		],
		...['--endpoint-url', open.sandbox.endpointUrl, ...more],
	);

type Event = Readonly<Record<string, unknown>> & {readonly type: string; readonly at: string};
const eventsIn = (stdout: string): readonly Event[] =>
	stdout
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line) as Event);
const endOf = (stdout: string) => eventsIn(stdout).find(({type}) => type === 'job-finished');

const keys = ['a b', 'a+b', '100%', 'a,b', 'say "hi"', 'two\nlines', 'é', 'folder/a'];

/** A pair whose source has objects that were there before its rule. */
async function oldPair(
	isCrossAccount = false,
	old: readonly string[] = keys,
	archived: readonly string[] = [],
): Promise<Pair> {
	const pair = await setUpPair(open, {isCrossAccount, rules: (to) => [ruleTo(to, {Status: 'Disabled'})]});
	for (const key of old) await put(open.source, pair.source, key);
	for (const Key of archived)
		await open.source.send(
			new PutObjectCommand({Bucket: pair.source, Key, Body: 'x', StorageClass: 'GLACIER'}),
		);
	await open.source.send(
		new PutBucketReplicationCommand({
			Bucket: pair.source,
			ReplicationConfiguration: {Role: pair.roleArn, Rules: [ruleTo(pair.destination)]},
		}),
	);
	return pair;
}

describe('batch, on the sandbox', () => {
	it.each(sampled('a job in the sandbox', [false, true], 10))(
		'copies what was there before the rule, and both sides are in step then; across accounts: %s',
		async (isCrossAccount) => {
			const pair = await oldPair(isCrossAccount);
			const before = await batch(pair, '--verify', '--lag', '0');
			expect(before.exitCode).toBe(1);
			const {exitCode, stdout} = await batch(pair, '--yes', '--json', '--verify-after', '--lag', '0');
			const compared = eventsIn(stdout).filter(({type}) => type.startsWith('comparison-'));
			expect(compared[0]).toMatchObject({type: 'comparison-started', priceUsd: {from: 0.00001}});
			expect(compared.at(-1)).toMatchObject({same: keys.length, missing: 0, different: 0});
			expect(contractFaults(eventsIn(stdout))).toEqual([]);
			expect(endOf(stdout)).toMatchObject({status: 'Complete', succeeded: keys.length, failed: 0});
			expect(exitCode).toBe(0);
			const again = await batch(pair, '--yes');
			expect([again.exitCode, again.stdout]).toEqual([0, expect.stringContaining('Nothing to copy')]);
			const undone = await here('undo', '--all', '--yes', '--endpoint-url', open.sandbox.endpointUrl);
			expect(undone.exitCode).toBe(0);
			for (const Key of keys)
				await pair.destinationClient.send(new HeadObjectCommand({Bucket: pair.destination, Key}));
		},
	);

	it('finds nothing to copy in an empty source', async () => {
		const {exitCode, stdout} = await batch(await oldPair(false, []), '--yes');
		expect(stdout).toContain('Nothing to copy');
		expect(exitCode).toBe(0);
	});

	it('copies a list of one’s own, whatever the keys are', async () => {
		const pair = await oldPair();
		const file = path.join(home, 'list.csv');
		const rows = keys.map((key) => `${pair.source},${key.split('/').map(encodeURIComponent).join('/')}`);
		await writeFile(file, rows.join('\n'));
		const {stdout} = await batch(pair, '--yes', '--json', '--manifest', file);
		expect(endOf(stdout)).toMatchObject({status: 'Complete', succeeded: keys.length, failed: 0});
	});

	// Third-party: users' reports that versions which are in step succeed.
	it('counts versions that are there already as done, and copies none', async () => {
		const pair = await setUpPair(open);
		const version = await put(open.source, pair.source, 'there');
		await finalStatusOf(open.source, pair.source, 'there', version);
		const before = open.sandbox.replications.length;
		const {exitCode, stdout} = await batch(pair, '--yes', '--json', '--status', 'completed');
		expect(endOf(stdout)).toMatchObject({status: 'Complete', total: 1, succeeded: 1, failed: 0});
		expect([exitCode, open.sandbox.replications.length]).toEqual([0, before]);
	});

	// Documented, and at odds: S3 User Guide, batch-ops-examples-reports, its schema and its sample.
	it.each(['as-schema', 'as-sample'] as const)(
		'reads a report whose columns are %s, whatever the keys are, and keeps it',
		async (batchReportColumns) => {
			const other = await openSandbox({replicationDelayMs: 5, batchReportColumns});
			const {source} = await setUpPair(other);
			const [list, kept] = [path.join(home, 'list.csv'), path.join(home, 'kept')];
			await writeFile(list, keys.map((key) => `${source},${encodeURIComponent(key)}`).join('\n'));
			const {exitCode, stdout} = await runProgram(
				[
					...['batch', '--source-bucket', source, '--source-profile', 'source', '--yes', '--json'],
					...['--manifest', list, '--report-file', kept, '--endpoint-url', other.sandbox.endpointUrl],
				],
				{
					env: {
						AWS_CONFIG_FILE: other.sandbox.configFile,
						AWS_SHARED_CREDENTIALS_FILE: other.sandbox.credentialsFile,
						XDG_STATE_HOME: path.join(home, 'state'),
					},
				},
			);
			await other.close();
			expect(endOf(stdout)).toMatchObject({
				failed: keys.length,
				failures: [{reason: 'SrcKeyNotFound', examples: keys.slice(0, 3).map((key) => ({key}))}],
			});
			const rows = await readFile(`${kept}.csv`, 'utf8');
			// The kept file has a line a failure: a newline in a key is written out.
			for (const key of keys)
				expect(rows).toContain(key.replaceAll('"', '""').replaceAll('\n', String.raw`\n`));
			expect(exitCode).toBe(1);
		},
	);

	it('tells what failed with its cause: a replica that was deleted by its version', async () => {
		const pair = await setUpPair(open);
		const version = await put(open.source, pair.source, 'gone');
		await finalStatusOf(open.source, pair.source, 'gone', version);
		await pair.destinationClient.send(
			new DeleteObjectCommand({Bucket: pair.destination, Key: 'gone', VersionId: version}),
		);
		const {exitCode, stdout} = await batch(pair, '--yes', '--status', 'completed');
		expect(stdout).toContain('1 DstObjectHardDeleted');
		expect(stdout).toContain('Copy the object onto itself');
		expect(exitCode).toBe(1);
	});

	// Documented: S3 User Guide, "Replicating existing objects": no objects in S3 Glacier Flexible Retrieval or Deep Archive.
	it('leaves objects in Glacier alone, and copies the others', async () => {
		const pair = await oldPair(false, ['warm'], ['cold']);
		const {stdout} = await batch(pair, '--yes', '--json');
		expect(endOf(stdout)).toMatchObject({succeeded: 1});
		const there = async (Key: string) =>
			pair.destinationClient.send(new HeadObjectCommand({Bucket: pair.destination, Key}));
		await there('warm');
		await expect(there('cold')).rejects.toThrow();
	});

	it('says that a role of one’s own may not begin replication', async () => {
		const pair = await oldPair(false, ['a']);
		const [reports, roleName] = [open.name('reports'), open.name('role')];
		await open.source.send(new CreateBucketCommand({Bucket: reports}));
		const trust = trustOfS3.replace('s3.amazonaws.com', 'batchoperations.s3.amazonaws.com');
		const {Role: role} = await open.iam.send(
			new CreateRoleCommand({RoleName: roleName, AssumeRolePolicyDocument: trust}),
		);
		const allowed = batchRolePolicy({
			partition: 'aws',
			sourceBucket: pair.source,
			reportBucket: reports,
			reportPrefix: 's3-replicate-batch',
		});
		const Statement = listOf(allowed.Statement).filter(({Action}) => Action !== 's3:InitiateReplication');
		await open.iam.send(
			new PutRolePolicyCommand({
				RoleName: roleName,
				PolicyName: 'batch',
				PolicyDocument: JSON.stringify({...allowed, Statement}),
			}),
		);
		const named = ['--report-bucket', reports, '--role-arn', role?.Arn ?? ''];
		const {exitCode, stdout} = await batch(pair, '--yes', ...named);
		expect(stdout).toContain('1 InitiateReplicationNotPermitted');
		expect(stdout).toContain('Allow s3:InitiateReplication in the role of the batch job');
		expect(exitCode).toBe(1);
	});
});
