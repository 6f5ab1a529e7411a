import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {PutBucketReplicationCommand, PutObjectCommand} from '@aws-sdk/client-s3';
import {afterAll, beforeAll, expect, it} from 'vitest';
import {existingText} from '../../source/domain/batch/existing-objects.js';
import {openSandbox, type OpenSandbox, ruleTo} from '../sandbox/support/open-sandbox.js';
import {createVersioned, put, setUpPair} from '../sandbox/support/replicated-pair.js';
import {runHere} from '../support/run-here.js';

let open: OpenSandbox;
let home: string;
beforeAll(async () => {
	open = await openSandbox({replicationDelayMs: 5});
	home = await mkdtemp(path.join(tmpdir(), 's3-replicate-said-'));
});
afterAll(async () => {
	await open.close();
	await rm(home, {recursive: true});
});

const here = async (...args: readonly string[]) =>
	runHere([...args, '--endpoint-url', open.sandbox.endpointUrl], {
		home,
		env: {
			AWS_CONFIG_FILE: open.sandbox.configFile,
			AWS_SHARED_CREDENTIALS_FILE: open.sandbox.credentialsFile,
			XDG_STATE_HOME: path.join(home, 'state'),
			HOME: home,
		},
	});

it('the plan and the summary say how many objects a new rule will not copy, and how to copy them', async () => {
	const source = open.name('old');
	await createVersioned(open.source, source);
	for (const key of ['logs/a', 'logs/b', 'logs/c', 'other']) await put(open.source, source, key);
	const apply = ['apply', '--mode', 'cross-region', '--source-profile', 'source', '--source-bucket', source];
	const ends = ['--destination-bucket', open.name('new'), '--destination-region', 'us-west-2'];
	const {exitCode, stdout} = await here(...apply, ...ends, '--prefix', 'logs/', '--files', '0', '--yes');
	const said = `3 objects exist already: S3 leaves them alone. Copy them: s3-replicate batch --source-bucket ${source} --source-profile source --endpoint-url ${open.sandbox.endpointUrl}`;
	expect(stdout).toContain(`! ${said}`);
	expect(stdout).toContain(`Existing   ${said}`);
	expect(exitCode).toBe(0);
});

// Of every enabled rule; S3 leaves no status with what no rule takes.
it('diagnose tells of a sample where rules that were there leave objects alone', async () => {
	const pair = await setUpPair(open, {rules: (to) => [ruleTo(to, {Status: 'Disabled'})]});
	for (const key of ['a/1', 'b/without', 'none']) await put(open.source, pair.source, key);
	await open.source.send(
		new PutObjectCommand({Bucket: pair.source, Key: 'b/with', Body: 'x', Tagging: 'team=a%20b'}),
	);
	const tagged = {And: {Prefix: 'b/', Tags: [{Key: 'team', Value: 'a b'}]}};
	const Rules = [
		ruleTo(pair.destination, {ID: 'plain', Priority: 1, Filter: {Prefix: 'a/'}}),
		ruleTo(pair.destination, {ID: 'tagged', Priority: 2, Filter: tagged}),
	];
	await open.source.send(
		new PutBucketReplicationCommand({
			Bucket: pair.source,
			ReplicationConfiguration: {Role: pair.roleArn, Rules},
		}),
	);
	const {exitCode, stdout} = await here(
		'diagnose',
		'--source-bucket',
		pair.source,
		'--source-profile',
		'source',
	);
	expect(stdout).toContain('2 of 3 sampled objects are not copied');
	expect(exitCode).toBe(0);
});

// S3 User Guide, "Replicating encrypted objects": a rule that does not opt in leaves SSE-KMS objects out, a job of its bucket as well.
it('says what has to be mended first where the rules leave SSE-KMS objects out', async () => {
	const pair = await setUpPair(open, {rules: (to) => [ruleTo(to, {Status: 'Disabled'})]});
	await put(open.source, pair.source, 'x/plain');
	const sealed = {Bucket: pair.source, Key: 'x/kms', Body: 'x', ServerSideEncryption: 'aws:kms'} as const;
	await open.source.send(new PutObjectCommand(sealed));
	const Rules = [ruleTo(pair.destination, {ID: 'plain', Filter: {Prefix: 'x/'}})];
	await open.source.send(
		new PutBucketReplicationCommand({
			Bucket: pair.source,
			ReplicationConfiguration: {Role: pair.roleArn, Rules},
		}),
	);
	const named = ['--source-bucket', pair.source, '--source-profile', 'source'];
	const copy = `s3-replicate batch --source-bucket ${pair.source}`;

	const diagnosed = await here('diagnose', ...named);
	expect(diagnosed.stdout).toContain(
		`1 of 2 sampled objects is not copied: S3 leaves it alone. Fix what is wrong first, then copy it: ${copy}`,
	);

	const job = await here('batch', ...named);
	expect(job.stdout).toContain(
		`1 of 2 sampled objects uses SSE-KMS, and no rule takes such objects. The job copies none of these. Name a key in the rule first (--kms-key); see how: s3-replicate diagnose --source-bucket ${pair.source}`,
	);
	expect(job.exitCode).toBe(2);

	const ends = [...named, '--destination-region', 'us-west-2', '--prefix', 'x/'];
	const planOf = async (to: string, ...more: readonly string[]) =>
		(await here('plan', '--mode', 'cross-region', ...ends, '--destination-bucket', to, ...more)).stdout;
	const elsewhere = open.name('elsewhere');
	const said = `1 of 2 sampled objects uses SSE-KMS: the rule leaves it out. Name a key in the rule first (--kms-key), then copy them: ${copy}`;
	expect(await planOf(elsewhere)).toContain(`2 objects exist already: S3 leaves them alone. ${said}`);
	expect(await planOf(pair.destination)).toContain(
		`2 of 2 sampled objects are not copied: S3 leaves them alone. ${said}`,
	);
	expect(await planOf(elsewhere, '--kms-key', 'alias/aws/s3')).toContain(
		`2 objects exist already: S3 leaves them alone. Copy them: ${copy}`,
	);
});

it.each([
	[{kind: 'listed', looked: 1, left: 1, isMore: false}, '1 object exists already'],
	[
		{kind: 'sampled', looked: 3, left: 2, leftOut: 2, isMore: false},
		'2 of 3 sampled objects use SSE-KMS: the rule leaves them out.',
	],
	[
		{kind: 'sampled', looked: 1, left: 1, isMore: false, isBlocked: true},
		'Fix what is wrong first, then copy it: s',
	],
	[
		{kind: 'listed', looked: 3, left: 3, isMore: false, hasTags: true},
		'3 objects exist already with the rule’s tags or without: S3',
	],
	[{kind: 'listed', looked: 1000, left: 1000, isMore: true}, 'More than 1,000 objects exist already'],
	[{kind: 'sampled', looked: 20, left: 1, isMore: true}, '1 of 20 sampled objects is not copied'],
] as const)('%j is told as it is known', (existing, text) => {
	expect(existingText({sourceBucket: 'b', command: 's3-replicate batch', ...existing})).toContain(text);
});

it('nothing is said where there is nothing', () => {
	const none = {sourceBucket: 'b', kind: 'listed', looked: 0, left: 0, isMore: false, command: ''} as const;
	expect(existingText(none)).toBeUndefined();
});
