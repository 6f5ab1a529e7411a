import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {awsCliFiles} from '../../source/domain/export/aws-cli.js';
import {openSandbox, type OpenSandbox} from '../sandbox/support/open-sandbox.js';
import {runHere} from '../support/run-here.js';
import {callsOf, replay} from '../export/support/replay-script.js';
import {placeRow} from '../export/support/place-row.js';
import {contractFaults} from '../support/json-contract.js';
import {createVersioned} from '../sandbox/support/replicated-pair.js';
import {exportRows, namesOf, replicaKeyArn, setUpOf} from '../export/support/rows.js';
import {scriptRows} from '../export/support/script-rows.js';
import {sampled} from '../support/sampled.js';

let full: OpenSandbox;
let empty: OpenSandbox;
let env: Record<string, string>;
let home: string;
beforeAll(async () => {
	[full, empty] = await Promise.all([openSandbox(), openSandbox()]);
	home = await mkdtemp(path.join(tmpdir(), 's3-replicate-export-'));
	env = {
		AWS_ENDPOINT_URL: full.sandbox.endpointUrl,
		AWS_CONFIG_FILE: full.sandbox.configFile,
		AWS_SHARED_CREDENTIALS_FILE: full.sandbox.credentialsFile,
		S3_REPLICATE_STATE_DIR: path.join(home, 'state'),
	};
});
afterAll(async () => {
	await full.close();
	await empty.close();
	await rm(home, {recursive: true});
});

// What this one places is looked at by a later test.
const isLedTo = ({name}: {readonly name: string}): boolean => name === 'apply-account';

describe('the script for the AWS CLI', () => {
	it.each([
		...scriptRows.filter(isLedTo),
		...sampled(
			'scripts from nothing',
			scriptRows.filter((row) => !isLedTo(row)),
			4,
		),
	])('makes $name from nothing as it was exported', async ({place, name}) => {
		const {bucket, image} = await place(full, env, home);
		const {exitCode, stdout} = await runHere(
			[
				...['export', '--source-bucket', bucket, '--source-profile', 'source', '--format', 'aws-cli'],
				...['--destination-profile', 'destination', '--directory', name],
			],
			{env, home},
		);
		expect([exitCode, stdout]).toEqual([0, expect.stringContaining(`bash ${name}/replication.sh`)]);

		const script = await readFile(path.join(home, name, 'replication.sh'), 'utf8');
		await replay(await callsOf(script), empty);
		expect(await image(empty)).toEqual(await image(full));
	});

	const keyRow = exportRows.find(({name}) => name === 'key')!;
	const scriptOf = (row: typeof keyRow): string => awsCliFiles(setUpOf(row))[0]?.text ?? '';

	it('puts the policy of a key, and what takes effect late is tried again', async () => {
		const calls = await callsOf(scriptOf(keyRow));
		const putKey = calls.find(({command}) => command === 'put-key-policy');
		expect(putKey).toMatchObject({
			...{profile: 'destination', region: 'us-west-2', service: 'kms'},
			options: {'key-id': replicaKeyArn, 'policy-name': 'default'},
		});
		const late = scriptOf(keyRow).matchAll(/^again aws .* (put-\S+)/gm);
		expect([...late].map(([, command]) => command)).toEqual([
			'put-bucket-policy',
			'put-key-policy',
			'put-bucket-replication',
		]);
	});

	it('waits for what it has made, before it goes on with it', async () => {
		const calls = await callsOf(scriptOf(keyRow));
		expect(calls.map(({command}) => command)).toEqual([
			...['head-bucket', 'create-bucket', 'wait bucket-exists', 'put-bucket-versioning'],
			...['head-bucket', 'create-bucket', 'wait bucket-exists', 'put-bucket-versioning'],
			...['get-role', 'create-role', 'wait role-exists', 'put-role-policy'],
			...['put-bucket-policy', 'put-key-policy', 'put-bucket-replication'],
		]);
	});

	it('has nothing in it that only one of AWS CLI 1 and 2 takes', () => {
		const script = exportRows.map(scriptOf).join('\n');
		// Source: AWS CLI User Guide, "New features and changes in the AWS CLI version 2": the pager is switched off, and nothing is a blob.
		expect(script).toContain("export AWS_PAGER=''");
		expect(script).not.toMatch(/--no-cli-pager|--cli-binary-format|fileb:\/\//);
	});
});

describe('export', () => {
	const exported = async (bucket: string, ...more: readonly string[]) => {
		const args = ['export', '--source-bucket', bucket, '--source-profile', 'source', '--json', ...more];
		const {exitCode, stdout} = await runHere(args, {env, home});
		const events = stdout
			.trim()
			.split('\n')
			.map((line) => JSON.parse(line) as {readonly type: string; readonly at: string});
		return {exitCode, events, last: events.at(-1)};
	};
	const row = exportRows.find(({name}) => name === 'plain-account')!;
	const {source: bucket, destination} = namesOf(row);
	const both = ['--destination-profile', 'destination', '--format', 'terraform'];

	beforeAll(async () => {
		await placeRow(full, row);
	});

	it('writes the golden text, tells the files, and changes nothing', async () => {
		const {exitCode, events} = await exported(bucket, ...both, '--directory', 'golden');
		expect([exitCode, contractFaults(events)]).toEqual([0, []]);
		const files = ['providers.tf', 'main.tf', 'imports.tf'].map((file) => path.join(home, 'golden', file));
		expect(events).toContainEqual(
			expect.objectContaining({type: 'export-written', format: 'terraform', files, leftOut: []}),
		);
		const golden = await readFile(new URL('../fixtures/terraform/plain-account.tf', import.meta.url), 'utf8');
		const texts = await Promise.all(files.slice(1).map(async (file) => readFile(file, 'utf8')));
		expect(golden).toContain(texts.join('\n'));
	});

	it('is what a plan without changes and a diagnosis lead on to', async () => {
		const apply = [
			'--mode',
			'cross-account',
			'--source-profile',
			'source',
			'--destination-profile',
			'destination',
		];
		const buckets = [
			...['--source-bucket', 'apply-account-here', '--source-region', 'us-east-1'],
			...['--destination-bucket', 'apply-account-there', '--destination-region', 'us-west-2'],
		];
		const options = ['--role-name', 'apply-account', '--prefix', 'logs/', '--owner-override'];
		const plan = await runHere(['plan', ...apply, ...buckets, ...options, '--replication-time-control'], {
			env,
			home,
		});
		const command = (name: string): string =>
			`Export     s3-replicate export --source-bucket ${name} --source-profile source --destination-profile destination --endpoint-url ${full.sandbox.endpointUrl} --format terraform`;
		expect(plan.stdout).toContain(command('apply-account-here'));
		const more = ['--destination-profile', 'destination'];
		const diagnosed = await runHere(
			['diagnose', '--source-bucket', 'apply-account-here', '--source-profile', 'source', ...more],
			{env, home},
		);
		expect(diagnosed.stdout).toContain(command('apply-account-here'));
		const other = await runHere(
			['plan', ...apply, ...buckets, ...options, '--metrics', '--rule-name', 'another'],
			{env, home},
		);
		expect(other.stdout).not.toContain('s3-replicate export');
	});

	it('names what no profile sees, and leaves its resources out', async () => {
		const {exitCode, events} = await exported(bucket, '--format', 'terraform', '--directory', 'alone');
		expect(exitCode).toBe(0);
		expect(events).toContainEqual(
			expect.objectContaining({
				leftOut: [
					`Left out: the bucket ${destination}, which none of the profiles owns (--destination-profile).`,
				],
			}),
		);
		const main = await readFile(path.join(home, 'alone/main.tf'), 'utf8');
		expect(main).toContain(`bucket  = "arn:aws:s3:::${destination}"`);
		expect(main).not.toContain('aws_s3_bucket.destination');
	});

	it('writes over nothing that somebody has edited', async () => {
		const there = ['--directory', 'edited'];
		await exported(bucket, ...both, ...there);
		const file = path.join(home, 'edited/main.tf');
		const text = await readFile(file, 'utf8');
		expect((await exported(bucket, ...both, ...there)).exitCode).toBe(0);
		await writeFile(file, `${text}# mine\n`);
		const {exitCode, last} = await exported(bucket, ...both, ...there);
		expect([exitCode, last]).toEqual([
			1,
			expect.objectContaining({problem: expect.objectContaining({code: 'export-file-there'})}),
		]);
		expect(await readFile(file, 'utf8')).toBe(`${text}# mine\n`);
	});

	it.each([
		{args: [destination, '--format', 'terraform'], exitCode: 1, code: 'bucket-not-found'},
		{args: ['no-such-bucket', '--format', 'terraform'], exitCode: 1, code: 'bucket-not-found'},
		{args: [bucket], exitCode: 2, code: 'missing-answers'},
		{args: [bucket, '--format', 'pulumi'], exitCode: 2, code: 'usage'},
		{
			args: [bucket, '--format', 'terraform', '--directory', '/dev/null/none'],
			exitCode: 1,
			code: 'export-not-writable',
		},
	])('refuses $args: $code', async ({args: [name = '', ...more], exitCode, code}) => {
		const {exitCode: ended, last} = await exported(name, ...more);
		expect([ended, last]).toEqual([
			exitCode,
			expect.objectContaining({problem: expect.objectContaining({code})}),
		]);
	});

	it('refuses a bucket without rules', async () => {
		await createVersioned(full.source, 'no-rules');
		expect((await exported('no-rules', ...both)).last).toMatchObject({problem: {code: 'not-replicated'}});
	});
});
