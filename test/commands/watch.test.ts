import {
	DeleteObjectCommand,
	GetBucketReplicationCommand,
	ListObjectVersionsCommand,
	PutBucketReplicationCommand,
	PutObjectCommand,
	type ReplicationRuleFilter,
} from '@aws-sdk/client-s3';
import {readFile, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {openSandbox, type OpenSandbox} from '../sandbox/support/open-sandbox.js';
import {runProgram, startProgram, temporaryFolder} from '../support/program.js';
import {sandboxSession, tutorialAnswers} from '../support/sandbox-session.js';
import {until} from '../support/until.js';
import {sampled} from '../support/sampled.js';

describe('watch', () => {
	let one: OpenSandbox;
	let env: Record<string, string>;

	beforeAll(async () => {
		one = await openSandbox();
		const {configFile, credentialsFile, endpointUrl} = one.sandbox;
		env = {
			AWS_CONFIG_FILE: configFile,
			AWS_SHARED_CREDENTIALS_FILE: credentialsFile,
			AWS_ENDPOINT_URL: endpointUrl,
		};
		const answers = {
			...tutorialAnswers('cross-region'),
			sourceBucket: 'w-a',
			destinationBucket: 'w-b',
		};
		const session = sandboxSession(one.sandbox, {answers});
		await session.openEnvironment('aws');
		await session.makePlan(answers);
		expect(await session.apply()).toBe(true);
	});

	afterAll(async () => {
		await one.close();
	});

	const args = ['watch', '--json', '--source-bucket', 'w-a', '--source-profile', 'source'];

	it('uploads at the rate that is asked for, for as long', async () => {
		const {exitCode, events} = await runProgram([...args, '--rate', '4', '--duration', '1'], {env});

		expect(exitCode).toBe(0);
		expect(events().filter(({type}) => type === 'object-uploaded')).toHaveLength(4);
	});

	it('writes the report where --report-file says when it ends, and says so', async () => {
		const directory = await temporaryFolder();
		const report = path.join(directory, 'of', 'today.csv');

		const {exitCode, events} = await runProgram([...args, '--files', '1', '--report-file', report], {env});

		expect(exitCode).toBe(0);
		const files = ['md', 'json', 'csv'].map((ending) => path.join(directory, 'of', `today.${ending}`));
		expect(events().find(({type}) => type === 'report-written')).toMatchObject({files});
		const [markdown = '', json = '', csv = ''] = await Promise.all(
			files.map(async (file) => readFile(file, 'utf8')),
		);
		expect(markdown).toContain('# Replication of w-a');
		expect(JSON.parse(json)).toMatchObject({objects: [{state: 'replicated'}]});
		expect(csv.split('\r\n')).toHaveLength(3);
	});

	it('fails where the report that was asked for cannot be written, and says why', async () => {
		const file = path.join(await temporaryFolder(), 'file');
		await writeFile(file, '');

		const {exitCode, events} = await runProgram(
			[...args, '--files', '1', '--report-file', path.join(file, 'below')],
			{env},
		);

		expect(exitCode).toBe(1);
		expect(events().at(-1)).toMatchObject({problem: {code: 'report-not-writable'}});
	});

	it.each(['', '.', '..', 'folder/', '/', '.md'])(
		'refuses --report-file %j, which names no file',
		async (name) => {
			const {exitCode, events} = await runProgram([...args, '--report-file', name], {env});

			expect(exitCode).toBe(2);
			expect(events().at(-1)).toMatchObject({
				problem: {code: 'usage', cause: expect.stringContaining('--report-file') as string},
			});
		},
	);

	it('follows what others write below a prefix, and uploads nothing', async () => {
		await one.source.send(new PutObjectCommand({Bucket: 'w-a', Key: 'theirs/old.txt', Body: 'old'}));
		const program = await startProgram([...args, '--follow', 'theirs/', '--duration', '3'], {env});
		await program.waitForLines(/run-started/);
		const requestsBefore = one.sandbox.requests.length;
		const listings = (): number =>
			one.sandbox.requests.slice(requestsBefore).filter(({operation}) => operation === 'ListObjectVersions')
				.length;
		await until(() => listings() > 0);
		await one.source.send(new PutObjectCommand({Bucket: 'w-a', Key: 'theirs/one.txt', Body: 'one'}));
		await one.source.send(new PutObjectCommand({Bucket: 'w-a', Key: 'elsewhere/two.txt', Body: 'two'}));
		await one.source.send(new DeleteObjectCommand({Bucket: 'w-a', Key: 'theirs/old.txt'}));
		const {exitCode, events} = await program.ended;

		expect(exitCode).toBe(0);
		const keys = events()
			.filter(({type}) => type === 'object-replicated')
			.map(({key}) => key);
		expect(keys).toEqual(['theirs/one.txt']);
		// The rule leaves delete markers out, and that is told.
		expect(events().filter(({type}) => type.startsWith('delete-marker'))).toMatchObject([
			{type: 'delete-marker-found', key: 'theirs/old.txt', destinations: []},
		]);
		expect(events().at(-1)).toMatchObject({outcome: 'succeeded', objects: {uploaded: 1, replicated: 1}});
	});

	it('follows all that others write with --files 0, and uploads nothing', async () => {
		const before = one.sandbox.requests.length;
		const listings = (): number =>
			one.sandbox.requests.slice(before).filter(({operation}) => operation === 'ListObjectVersions').length;
		const ran = runProgram([...args, '--files', '0', '--duration', '3'], {env});
		await until(() => listings() > 0);
		await one.source.send(new PutObjectCommand({Bucket: 'w-a', Key: 'anywhere.txt', Body: 'one'}));
		const {exitCode, events} = await ran;

		expect(exitCode).toBe(0);
		expect(events().flatMap(({type, key}) => (type === 'object-uploaded' ? [key] : []))).toEqual([
			'anywhere.txt',
		]);
		expect(events().at(-1)).toMatchObject({outcome: 'succeeded', objects: {uploaded: 1, replicated: 1}});
	});

	it.each([
		['p95<30s', 0, 'succeeded'],
		['p50<1ms', 1, 'failed'],
		['failed<1', 0, 'succeeded'],
	])('lets %s alone decide how it ends', async (condition, code, outcome) => {
		const {exitCode, events} = await runProgram([...args, '--files', '1', '--until', condition], {env});

		expect(exitCode).toBe(code);
		expect(events().at(-1)).toMatchObject({outcome, objects: {replicated: 1}});
	});

	it('removes its test files on request, every version and replica, and nothing else', async () => {
		await one.source.send(new PutObjectCommand({Bucket: 'w-a', Key: 'keep.txt', Body: 'keep'}));
		const {exitCode, events} = await runProgram([...args, '--files', '2', '--clean-up'], {env});

		expect(exitCode).toBe(0);
		const {runId} = events()[0] as unknown as {runId: string};
		expect(events().at(-1)).toMatchObject({outcome: 'succeeded', operations: {deleted: 2}});
		const [here, there] = await Promise.all([
			one.source.send(new ListObjectVersionsCommand({Bucket: 'w-a'})),
			one.s3('source', 'us-west-2').send(new ListObjectVersionsCommand({Bucket: 'w-b'})),
		]);
		const keys = [...(here.Versions ?? []), ...(there.Versions ?? [])].map(({Key}) => Key ?? '');
		expect(keys.filter((key) => key.includes(runId))).toEqual([]);
		expect(keys).toContain('keep.txt');
	});

	it('names and tags its files as the rules ask for, and removes them from there', async () => {
		const {ReplicationConfiguration: before} = await one.source.send(
			new GetBucketReplicationCommand({Bucket: 'w-a'}),
		);
		const rule = before?.Rules?.[0];
		const put = async (Filter: ReplicationRuleFilter | undefined, ...others: readonly object[]) =>
			one.source.send(
				new PutBucketReplicationCommand({
					Bucket: 'w-a',
					ReplicationConfiguration: {
						Role: before?.Role,
						Rules: [{}, ...others].map((changes) => ({
							...{...rule, Status: 'Enabled' as const, Destination: rule?.Destination, Filter},
							...changes,
						})),
					},
				}),
			);
		await put({And: {Prefix: 'logs/', Tags: [{Key: 'team', Value: 'a'}]}});
		const {exitCode, events} = await runProgram([...args, '--files', '1', '--clean-up'], {env});
		// Of several rules the one that is named.
		await put(
			{Prefix: 'logs/'},
			{ID: 'other', Priority: 7, Filter: {Prefix: 'other/'}},
			{ID: 'off', Priority: 8, Filter: {Prefix: 'off/'}, Status: 'Disabled'},
		);
		const named = await runProgram([...args, '--files', '1', '--rule-id', 'other', '--clean-up'], {env});
		const disabled = await runProgram([...args, '--files', '1', '--rule-id', 'off'], {env});
		await put(rule?.Filter);

		expect(named.exitCode).toBe(0);
		expect(named.events().find(({type}) => type === 'object-uploaded')?.key).toMatch(/^other\//);
		expect(disabled.exitCode).toBe(1);
		expect(disabled.events().filter(({type}) => type === 'object-uploaded')).toEqual([]);
		expect(disabled.events().at(-1)).toMatchObject({
			problem: {
				code: 'rule-not-enabled',
				headline: 'Cannot watch rule off: it is disabled',
				cause: `Enabled rules of w-a: ${rule?.ID ?? ''}, other.`,
			},
		});

		expect(exitCode).toBe(0);
		const uploaded = events().find(({type}) => type === 'object-uploaded');
		expect(uploaded?.key).toMatch(/^logs\/s3-replicate-test\/.*\/00001\.txt$/);
		const left = await one.source.send(new ListObjectVersionsCommand({Bucket: 'w-a', Prefix: 'logs/'}));
		expect(left.Versions).toBeUndefined();
	});

	it.each(
		sampled(
			'conditions of a watch',
			[
				[['--until', 'p95'], '--until is p50'],
				[['--until', 'failed<3s'], '--until is p50'],
				[['--follow', 'a/', '--files', '3'], '--files is for uploads, and --follow uploads nothing'],
				[['--follow', 'a/', '--files', '0', '--rate', '2'], '--rate is for uploads, and --follow uploads'],
				[['--files', '0', '--rate', '2'], '--rate is for uploads, and --files 0 uploads nothing'],
				[['--files', '0', '--clean-up'], '--clean-up is for uploads, and --files 0 uploads nothing'],
				[['--files', '0', '--file-size', '9'], '--file-size is for uploads, and --files 0 uploads nothing'],
				[['--rate', '0'], '--rate is a whole number from 1 up'],
			],
			7,
		),
	)('%j is told what is wrong', async (extra, text) => {
		const {exitCode, events} = await runProgram([...args, ...extra], {env});

		expect(exitCode).toBe(2);
		expect(JSON.stringify(events())).toContain(text);
	});

	it('says what it needs, and what it cannot watch', async () => {
		const missing = await runProgram(['watch', '--json'], {env});
		expect([missing.exitCode, missing.events().at(-1)]).toMatchObject([
			2,
			{problem: {code: 'missing-answers'}},
		]);
		const absent = await runProgram(
			['watch', '--json', '--source-bucket', 'not-there', '--source-profile', 'source'],
			{env},
		);
		expect([absent.exitCode, absent.events().at(-1)]).toMatchObject([
			1,
			{problem: {code: 'bucket-not-found'}},
		]);
		const plain = await runProgram(
			['watch', '--json', '--source-bucket', 'w-b', '--source-profile', 'source'],
			{env},
		);
		expect([plain.exitCode, plain.events().at(-1)]).toMatchObject([1, {problem: {code: 'not-replicated'}}]);
	});
});
