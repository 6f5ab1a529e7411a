import {readdir, writeFile} from 'node:fs/promises';
import {connect} from 'node:net';
import path from 'node:path';
import {
	CreateBucketCommand,
	GetObjectCommand,
	HeadObjectCommand,
	ListBucketsCommand,
	ListObjectsV2Command,
	PutBucketVersioningCommand,
	S3Client,
} from '@aws-sdk/client-s3';
import {fromIni} from '@aws-sdk/credential-provider-ini';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {openSandbox, type OpenSandbox} from '../sandbox/support/open-sandbox.js';
import {awsFiles, runProgram, startProgram, temporaryFolder} from '../support/program.js';
import {contractFaults} from '../support/json-contract.js';
import {sampled} from '../support/sampled.js';

type Planned = {
	readonly id: string;
	readonly kind: string;
	readonly target: string;
	readonly change: string;
	readonly account: string;
	readonly region: string;
};

/** Nobody watches: the sandbox replicates at once. */
const quick = ['--replication-delay', '60'];

describe('apply --sandbox', () => {
	it.each(sampled('tutorials in lines', ['cross-region', 'cross-account'], 10))(
		'carries the %s tutorial to the end, as the contract says',
		async (mode) => {
			const {exitCode, events, stderr} = await runProgram([
				'apply',
				'--sandbox',
				...quick,
				'--yes',
				'--json',
				'--mode',
				mode,
				'--files',
				'2',
			]);

			expect(stderr).toBe('');
			expect(exitCode).toBe(0);
			expect(contractFaults(events())).toEqual([]);
			expect(events()[0]).toMatchObject({
				type: 'run-started',
				schemaVersion: 1,
				command: 'apply',
				sandbox: true,
			});
			expect(events().at(-1)).toMatchObject({
				type: 'run-finished',
				outcome: 'succeeded',
				objects: {uploaded: 2, replicated: 2, failed: 0, pending: 0},
				problem: null,
			});
			expect(events().filter(({type}) => type === 'object-replicated')).toHaveLength(2);
		},
	);

	it('writes nothing without a yes where there is no terminal to ask on', async () => {
		const {exitCode, events} = await runProgram(['apply', '--sandbox', '--json']);

		expect(exitCode).toBe(2);
		const types = events().map(({type}) => type);
		expect([...new Set(types)]).toEqual(['run-started', 'check-finished', 'plan-made', 'run-finished']);
		expect(events().at(-1)).toMatchObject({outcome: 'failed', problem: {code: 'not-confirmed'}});
	});

	it('says everything in lines for people as well', async () => {
		const {exitCode, stdout} = await runProgram(['apply', '--sandbox', ...quick, '--yes', '--files', '1']);

		expect(exitCode).toBe(0);
		expect(stdout).toContain('Cross-Region Replication: my-us-east-1 (us-east-1) → my-us-west-2 (us-west-2)');
		expect(stdout).toContain('✓ Role created: s3crr_role_for_my-us-east-1');
		expect(stdout).toContain('✓ Replication is working');
	});
});

describe('without a command and without a terminal', () => {
	it('runs both tutorials on the sandbox as lines, and says how to start on AWS', async () => {
		const {exitCode, stdout} = await runProgram(quick);

		expect(exitCode).toBe(0);
		expect(stdout.match(/✓ Replication is working/g)).toHaveLength(2);
		expect(stdout).toContain('Cross-Account Replication: my-source-account');
		expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/On AWS, .*: s3-replicate$/);
	});

	it('asks for apply in one line where options are meant for AWS', async () => {
		const {exitCode, stdout, stderr} = await runProgram(['--source-bucket', 'mine']);

		expect([exitCode, stdout]).toEqual([2, '']);
		expect(stderr.trimEnd().split('\n')).toHaveLength(1);
		expect(stderr).toContain('s3-replicate apply');
	});
});

describe('a bad command line', () => {
	it('gets every missing answer named at once', async () => {
		const {exitCode, stdout, stderr} = await runProgram(['apply', '--mode', 'cross-account']);

		expect([exitCode, stdout]).toEqual([2, '']);
		for (const flag of [
			'--source-bucket',
			'--destination-bucket',
			'--source-profile',
			'--destination-profile',
		]) {
			expect(stderr).toContain(flag);
		}
	});

	it('ends with run-finished as JSON too', async () => {
		const {exitCode, events} = await runProgram(['plan', '--json', '--nonsense', '--files', '3']);

		expect(exitCode).toBe(2);
		expect(contractFaults(events())).toEqual([]);
		expect(events()).toMatchObject([{type: 'run-finished', outcome: 'failed', problem: {code: 'usage'}}]);
	});

	it('is an error, not a change, for --detailed-exitcode', async () => {
		const {exitCode} = await runProgram(['plan', '--detailed-exitcode', '--nonsense']);

		expect(exitCode).toBe(1);
	});

	it.each([
		[['aply'], 'There is no command “aply”'],
		[['apply', '--sandbox', '--endpoint-url', 'http://127.0.0.1:1'], 'exclude each other'],
		[['apply', '--endpoint-url', 'nowhere'], 'is a URL'],
		[['apply', '--endpoint-url', 'http://127.0.0.1:99999'], 'is a URL'],
		[['watch', '--source-bucket', 's3://logs'], '“s3://logs” cannot be'],
		[['watch', '--source-bucket', 'logs', '--source-region', 'mars-1'], 'There is no region mars-1'],
		[['apply', '--files', 'many'], 'a whole number'],
		[['apply', '--sandbox', '--file-size', '999999999999'], 'from 0 to 104857600'],
		[['apply', '--sandbox', '--source-bucket', 'Capital'], 'no capital letters'],
		[['apply', '--sandbox', '--source-region', 'us-east-9'], 'There is no region us-east-9'],
		[['apply', '--sandbox', '--destination-bucket', 'my-us-east-1'], 'Cannot replicate a bucket to itself'],
		[['apply', '--sandbox', '--role-name', 'a b'], 'A role name has only'],
		[['apply', '--sandbox', '--role-path', 'teams'], 'A path begins and ends with a slash'],
		[['apply', '--sandbox', '--permissions-boundary', 'B'], 'A permissions boundary is a managed policy'],
	])('%j is told what is wrong', async (args, text) => {
		const {exitCode, stderr} = await runProgram(args);

		expect(exitCode).toBe(2);
		expect(stderr).toContain(text);
		expect(stderr).not.toMatch(/\n\s+at /);
	});
});

describe('against an endpoint', () => {
	let one: OpenSandbox;
	let env: Record<string, string>;
	const crossAccount = [
		'--mode',
		'cross-account',
		'--source-profile',
		'source',
		'--destination-profile',
		'destination',
	];
	const ends = (name: string): readonly string[] => [
		'--source-bucket',
		`${name}-a`,
		'--source-region',
		'us-east-1',
		'--destination-bucket',
		`${name}-b`,
		'--destination-region',
		'eu-west-1',
	];
	const inOneAccount = ['--mode', 'cross-region', '--source-profile', 'source'];

	beforeAll(async () => {
		one = await openSandbox();
		const {configFile, credentialsFile, endpointUrl} = one.sandbox;
		env = {
			AWS_CONFIG_FILE: configFile,
			AWS_SHARED_CREDENTIALS_FILE: credentialsFile,
			AWS_ENDPOINT_URL: endpointUrl,
		};
	});

	afterAll(async () => {
		await one.close();
	});

	const run = async (command: string, ...args: readonly string[]) =>
		runProgram([command, '--json', ...args], {env});

	it('plans, applies, plans again with nothing to do, and watches', async () => {
		const answers = [...crossAccount, ...ends('road')];
		const before = await run('plan', '--detailed-exitcode', ...answers);
		expect(before.exitCode).toBe(2);
		const planned = before.events().find(({type}) => type === 'plan-made');
		const operations = planned?.operations as readonly Planned[];
		expect(
			operations.map(({kind, target, change, account, region}) => [kind, target, change, account, region]),
		).toEqual([
			['create-bucket', 'road-a', 'create', '111122223333', 'us-east-1'],
			['create-bucket', 'road-b', 'create', '444455556666', 'eu-west-1'],
			['enable-versioning', 'road-a', 'create', '111122223333', 'us-east-1'],
			['enable-versioning', 'road-b', 'create', '444455556666', 'eu-west-1'],
			['create-role', 's3-cross-account-rep', 'create', '111122223333', 'aws-global'],
			['put-role-policy', 's3-cross-account-rep', 'create', '111122223333', 'aws-global'],
			['put-bucket-policy', 'road-b', 'create', '444455556666', 'eu-west-1'],
			['put-replication', 'road-a', 'create', '111122223333', 'us-east-1'],
		]);
		const {Buckets: none} = await one.source.send(new ListBucketsCommand({Prefix: 'road-'}));
		expect(none ?? []).toEqual([]);

		const applied = await run('apply', '--yes', ...answers);
		expect(applied.exitCode).toBe(0);
		expect(applied.events().at(-1)).toMatchObject({operations: {created: 8}, objects: {uploaded: 0}});

		const after = await run('plan', '--detailed-exitcode', ...answers);
		expect(after.exitCode).toBe(0);

		const watched = await run(
			'watch',
			'--source-bucket',
			'road-a',
			'--source-profile',
			'source',
			'--destination-profile',
			'destination',
			'--files',
			'2',
		);
		expect(watched.exitCode).toBe(0);
		expect(contractFaults(watched.events())).toEqual([]);
		const arrival = watched.events().find(({type}) => type === 'object-replicated');
		expect(arrival).toMatchObject({destination: 'road-b'});
		const head = await one.s3('destination', 'eu-west-1').send(
			new HeadObjectCommand({
				Bucket: 'road-b',
				Key: String(arrival?.key),
				VersionId: String(arrival?.versionId),
			}),
		);
		expect(head.ReplicationStatus).toBe('REPLICA');

		const alone = await run(
			'watch',
			'--source-bucket',
			'road-a',
			'--source-profile',
			'source',
			'--files',
			'1',
		);
		expect(alone.exitCode).toBe(0);
		expect(alone.events().find(({type}) => type === 'object-replicated')).toMatchObject({
			destination: 'road-b',
		});
	});

	it('sets up Same-Region Replication when both buckets are in one region, and calls it so', async () => {
		const answers = [
			...inOneAccount,
			'--source-bucket',
			'same-a',
			'--destination-bucket',
			'same-b',
			'--source-region',
			'us-east-1',
			'--destination-region',
			'us-east-1',
		];
		const {exitCode, stdout} = await runProgram(['apply', '--yes', '--files', '1', ...answers], {env});

		expect(exitCode).toBe(0);
		expect(stdout).toContain('Same-Region Replication: same-a');
	});

	type Case = readonly [what: string, code: string, exitCode: number, args: readonly string[]];
	const refused: readonly Case[] = [
		[
			'a bucket of somebody else',
			'bucket-of-somebody-else',
			1,
			[
				...inOneAccount,
				'--source-bucket',
				'taken',
				'--source-region',
				'us-west-2',
				'--destination-bucket',
				'x-b',
				'--destination-region',
				'us-west-2',
			],
		],
		[
			'a bucket in another region than said',
			'bucket-in-another-region',
			1,
			[
				...inOneAccount,
				'--source-bucket',
				'own',
				'--source-region',
				'eu-west-1',
				'--destination-bucket',
				'x-b',
				'--destination-region',
				'us-west-2',
			],
		],
		[
			'two profiles of one account',
			'one-account',
			1,
			[
				'--mode',
				'cross-account',
				'--source-profile',
				'source',
				'--destination-profile',
				'source',
				...ends('x'),
			],
		],
		[
			'two accounts for cross-region',
			'two-accounts',
			1,
			[
				'--mode',
				'cross-region',
				'--source-profile',
				'source',
				'--destination-profile',
				'destination',
				...ends('x'),
			],
		],
		[
			'a missing region',
			'missing-region',
			2,
			[...inOneAccount, '--source-bucket', 'x-a', '--destination-bucket', 'x-b'],
		],
		[
			'a profile that does not exist',
			'unknown-profile',
			1,
			['--mode', 'cross-region', '--source-profile', 'nobody', ...ends('x')],
		],
		[
			'an endpoint nobody listens on',
			'endpoint-unreachable',
			1,
			[...inOneAccount, ...ends('x'), '--endpoint-url', 'http://127.0.0.1:9'],
		],
		['no credentials', 'no-credentials', 1, ['--mode', 'cross-region', ...ends('x')]],
	];

	it.each(refused)('stops before anything is written at %s', async (_what, code, exitCode, args) => {
		await one
			.s3('destination', 'us-west-2')
			.send(
				new CreateBucketCommand({
					Bucket: 'taken',
					CreateBucketConfiguration: {LocationConstraint: 'us-west-2'},
				}),
			)
			.catch(() => undefined);
		await one.source.send(new CreateBucketCommand({Bucket: 'own'})).catch(() => undefined);
		const writesBefore = one.sandbox.requests.filter(({operation}) => /^(Put|Create)/.test(operation)).length;
		const result = await runProgram(['apply', '--yes', '--json', ...args], {env});

		expect(result.events().at(-1)).toMatchObject({
			type: 'run-finished',
			outcome: 'failed',
			problem: {code},
		});
		const {problem} = result.events().at(-1) as unknown as {
			problem: {headline: string; cause: string; nextSteps: readonly string[]};
		};
		expect([problem.headline, problem.cause, problem.nextSteps.length > 0].every(Boolean)).toBe(true);
		expect(result.exitCode).toBe(exitCode);
		expect(one.sandbox.requests.filter(({operation}) => /^(Put|Create)/.test(operation))).toHaveLength(
			writesBefore,
		);
		expect(`${result.stdout}${result.stderr}`).not.toMatch(/\n\s+at /);
	});

	it('names the call, the profile and the permission where something is not allowed', async () => {
		const user = one.sandbox.addUser({
			accountId: '111122223333',
			userName: 'little',
			policy: {
				Version: '2012-10-17',
				Statement: [{Effect: 'Allow', Action: ['s3:*', 'iam:Get*'], Resource: '*'}],
			},
		});
		const files = await awsFiles({
			config: '[profile little]\nregion = us-east-1\n',
			credentials: `[little]\naws_access_key_id = ${user.accessKeyId}\naws_secret_access_key = ${user.secretAccessKey}\n`,
		});
		const args = ['--mode', 'cross-region', '--source-profile', 'little', ...ends('little')];
		const {exitCode, stdout} = await runProgram(['apply', '--yes', ...args], {env: {...env, ...files}});

		expect(exitCode).toBe(1);
		expect(stdout).toContain('CreateRole');
		expect(stdout).toContain('profile little');
		expect(stdout).toContain('iam:CreateRole');
		expect(stdout).toContain('It was called as arn:aws:iam::111122223333:user/little.');
		expect(stdout).not.toContain(user.secretAccessKey);
	});

	it.each([
		[
			'a wrong secret',
			'wrong-secret',
			(key: string) => `aws_access_key_id = ${key}\naws_secret_access_key = wrong`,
		],
		[
			'an unknown access key',
			'unknown-access-key',
			() => 'aws_access_key_id = AKIAAAAAAAAAAAAAAAAA\naws_secret_access_key = wrong',
		],
	])('tells %s from everything else', async (_what, code, keys) => {
		const user = one.sandbox.addUser({accountId: '111122223333', userName: `user-${code}`});
		const files = await awsFiles({
			config: '[profile p]\nregion = us-east-1\n',
			credentials: `[p]\n${keys(user.accessKeyId)}\n`,
		});
		const args = ['--mode', 'cross-region', '--source-profile', 'p', ...ends('secret')];
		const {exitCode, events} = await runProgram(['plan', '--json', ...args], {env: {...env, ...files}});

		expect(exitCode).toBe(1);
		expect(events().at(-1)).toMatchObject({problem: {code}});
	});

	it('tells a profile whose credentials are of another account than it says', async () => {
		const user = one.sandbox.addUser({accountId: '111122223333', userName: 'elsewhere'});
		const files = await awsFiles({
			config: '[profile p]\nregion = us-east-1\naws_account_id = 444455556666\n',
			credentials: `[p]\naws_access_key_id = ${user.accessKeyId}\naws_secret_access_key = ${user.secretAccessKey}\n`,
		});
		const args = ['--mode', 'cross-region', '--source-profile', 'p', ...ends('mismatch')];
		const {exitCode, events} = await runProgram(['plan', '--json', ...args], {env: {...env, ...files}});

		expect(exitCode).toBe(1);
		expect(events().at(-1)).toMatchObject({problem: {code: 'another-account'}});
	});

	it('tells an expired session', async () => {
		const session = one.sandbox.addExpiredSession('111122223333');
		const environment = {
			...env,
			AWS_CONFIG_FILE: '/nonexistent/config',
			AWS_SHARED_CREDENTIALS_FILE: '/nonexistent/credentials',
			AWS_ACCESS_KEY_ID: session.accessKeyId,
			AWS_SECRET_ACCESS_KEY: session.secretAccessKey,
			AWS_SESSION_TOKEN: session.sessionToken,
		};
		const {exitCode, events} = await runProgram(
			['plan', '--json', '--mode', 'cross-region', ...ends('expired')],
			{env: environment},
		);

		expect(exitCode).toBe(1);
		expect(events().at(-1)).toMatchObject({problem: {code: 'expired-credentials'}});
	});

	it('uses the default chain where no profile is given, and says so', async () => {
		const user = one.sandbox.addUser({accountId: '111122223333', userName: 'chain'});
		const environment = {
			...env,
			AWS_CONFIG_FILE: '/nonexistent/config',
			AWS_SHARED_CREDENTIALS_FILE: '/nonexistent/credentials',
			AWS_ACCESS_KEY_ID: user.accessKeyId,
			AWS_SECRET_ACCESS_KEY: user.secretAccessKey,
		};
		const {exitCode, stdout} = await runProgram(['plan', '--mode', 'cross-region', ...ends('chain')], {
			env: environment,
		});

		expect(exitCode).toBe(0);
		expect(stdout).toContain('(default chain)  account 111122223333  arn:aws:iam::111122223333:user/chain');
	});

	it('enables versioning that was suspended, and shows it as an update', async () => {
		await one.source.send(new CreateBucketCommand({Bucket: 'paused-a'}));
		await one.source.send(
			new PutBucketVersioningCommand({Bucket: 'paused-a', VersioningConfiguration: {Status: 'Enabled'}}),
		);
		await one.source.send(
			new PutBucketVersioningCommand({Bucket: 'paused-a', VersioningConfiguration: {Status: 'Suspended'}}),
		);
		const {exitCode, stdout} = await runProgram(['apply', '--yes', ...inOneAccount, ...ends('paused')], {
			env,
		});

		expect(exitCode).toBe(0);
		expect(stdout).toContain('~ Enable versioning     paused-a  (Suspended → Enabled)');
	});
});

describe('files that cannot be used', () => {
	const args = [
		'plan',
		'--json',
		'--mode',
		'cross-region',
		'--source-profile',
		'p',
		'--source-bucket',
		'aaa',
		'--destination-bucket',
		'bbb',
	];

	it('are named with the line that is wrong, and nothing of what stands there', async () => {
		const files = await awsFiles({credentials: '[p]\naws_secret_access_key secretsecret\n'});
		const {exitCode, events, stdout} = await runProgram(args, {env: files});

		expect(exitCode).toBe(1);
		expect(events().at(-1)).toMatchObject({problem: {code: 'config-file-unparsable'}});
		expect(stdout).toContain('Line 2');
		expect(stdout).not.toContain('secretsecret');
	});

	it('are named where they cannot be read', async () => {
		const folder = await temporaryFolder();
		const {exitCode, events} = await runProgram(args, {env: {AWS_CONFIG_FILE: folder}});

		expect(exitCode).toBe(1);
		expect(events().at(-1)).toMatchObject({problem: {code: 'config-file-unreadable'}});
	});
});

/** The first row of the report of the only job in a served sandbox. */
async function reportRow({
	endpointUrl,
	...files
}: Record<'endpointUrl' | 'configFile' | 'credentialsFile', string>) {
	const {configFile: configFilepath, credentialsFile: filepath} = files;
	const client = new S3Client({
		...{region: 'us-east-1', endpoint: endpointUrl, forcePathStyle: true},
		credentials: fromIni({profile: 'source', configFilepath, filepath}),
	});
	const {Buckets = []} = await client.send(new ListBucketsCommand({}));
	const Bucket = Buckets.find(({Name}) => Name?.startsWith('s3-replicate-reports-'))?.Name;
	const {Contents = []} = await client.send(new ListObjectsV2Command({Bucket}));
	const Key = Contents.find((one) => one.Key?.endsWith('.csv'))?.Key;
	const {Body} = await client.send(new GetObjectCommand({Bucket, Key}));
	return (await Body?.transformToString())?.split('\n')[0];
}

describe('sandbox', () => {
	it('--partition serves that partition: its profiles are in its regions', async () => {
		const program = await startProgram(['sandbox', '--json', '--partition', 'aws-us-gov']);
		await program.waitForLines(/sandbox-started/);
		expect(JSON.parse(program.stdout().trimEnd().split('\n')[1] ?? '{}')).toMatchObject({
			profiles: [
				{name: 'source', accountId: '111122223333', region: 'us-gov-west-1'},
				{name: 'destination', accountId: '444455556666', region: 'us-gov-east-1'},
			],
		});
		expect((await runProgram(['sandbox', '--partition', 'aws-mars'])).exitCode).toBe(2);
	});

	it('starts, prints what the contract says, serves, and leaves nothing behind on Ctrl-C', async () => {
		const directory = await temporaryFolder();
		const paced = ['--replication-delay', '100', '--batch-rate', '4', '--batch-columns', 'as-schema'];
		const program = await startProgram(['sandbox', '--json', '--directory', directory, ...paced]);
		await program.waitForLines(/sandbox-started/);
		const lines = program.stdout().trimEnd().split('\n');
		const started = JSON.parse(lines[1] ?? '{}') as {
			endpointUrl: string;
			configFile: string;
			credentialsFile: string;
			profiles: readonly unknown[];
		};
		expect(started.profiles).toEqual([
			{name: 'source', accountId: '111122223333', region: 'us-east-1'},
			{name: 'destination', accountId: '444455556666', region: 'us-west-2'},
		]);
		expect((await readdir(directory)).toSorted()).toEqual(['config', 'credentials']);
		const env = {AWS_CONFIG_FILE: started.configFile, AWS_SHARED_CREDENTIALS_FILE: started.credentialsFile};
		const applied = await runProgram(
			[
				'apply',
				'--yes',
				'--json',
				'--endpoint-url',
				started.endpointUrl,
				'--mode',
				'cross-region',
				'--source-profile',
				'source',
				'--source-bucket',
				'served-a',
				'--source-region',
				'us-east-1',
				'--destination-bucket',
				'served-b',
				'--destination-region',
				'us-west-2',
				'--files',
				'5',
			],
			{env},
		);
		expect(applied.exitCode).toBe(0);

		const copied = await runProgram(
			[
				...['batch', '--source-bucket', 'served-a', '--source-profile', 'source', '--status', 'completed'],
				...['--yes', '--json', '--endpoint-url', started.endpointUrl],
			],
			{env},
		);
		const seen = copied.events().filter(({status}) => status === 'Active');
		expect(
			seen.map(({succeeded}) => Number(succeeded)).filter((count) => count > 0 && count < 5),
		).not.toEqual([]);
		expect(await reportRow(started)).toMatch(/,succeeded,,200,Successful$/);

		program.child.kill('SIGINT');
		const ended = await program.ended;
		expect(ended.exitCode).toBe(0);
		expect(contractFaults(ended.events())).toEqual([]);
		expect(ended.events().map(({type}) => type)).toEqual(['run-started', 'sandbox-started', 'run-finished']);
		expect(ended.stderr).toMatch(/CreateBucket served-a/);
		expect(await readdir(directory)).toEqual([]);
	});

	it('refuses a folder that holds settings already, and leaves them alone', async () => {
		const directory = await temporaryFolder();
		await writeFile(path.join(directory, 'config'), 'mine');
		const {exitCode, stderr} = await runProgram(['sandbox', '--directory', directory]);

		expect(exitCode).toBe(1);
		expect(stderr).toContain('Cannot start the sandbox');
		expect(await readdir(directory)).toEqual(['config']);
	});

	it('goes wrong on purpose, and the run says what it waits for', async () => {
		const directory = await temporaryFolder();
		const faults = path.join(directory, 'faults.json');
		const rule = {service: 's3', operation: 'PutBucketVersioning', bucket: 'faulty-a', fault: 'SlowDown'};
		await writeFile(faults, JSON.stringify([{...rule, nth: 1}]));
		const program = await startProgram(['sandbox', '--json', '--faults', faults]);
		await program.waitForLines(/sandbox-started/);
		const lines = program.stdout().trimEnd().split('\n');
		const started = JSON.parse(lines[1] ?? '{}') as Record<
			'endpointUrl' | 'configFile' | 'credentialsFile',
			string
		>;
		const applied = await runProgram(
			[
				...['apply', '--yes', '--json', '--mode', 'cross-region', '--source-profile', 'source'],
				...['--source-bucket', 'faulty-a', '--source-region', 'us-east-1'],
				...['--destination-bucket', 'faulty-b', '--destination-region', 'us-west-2'],
			],
			{
				env: {
					AWS_ENDPOINT_URL: started.endpointUrl,
					AWS_CONFIG_FILE: started.configFile,
					AWS_SHARED_CREDENTIALS_FILE: started.credentialsFile,
				},
			},
		);

		expect(applied.exitCode).toBe(0);
		expect(applied.events().find(({type}) => type === 'operation-retried')).toMatchObject({
			id: 'enable-versioning:source',
			reason: 'AWS asks to slow down (SlowDown)',
			attempt: 2,
		});
	});

	it('refuses faults that it cannot read', async () => {
		const directory = await temporaryFolder();
		const faults = path.join(directory, 'faults.json');
		await writeFile(faults, '[{"fault": "Earthquake"}]');
		const {exitCode, stderr} = await runProgram(['sandbox', '--faults', faults]);

		expect(exitCode).toBe(1);
		expect(stderr).toContain('Cannot read the faults');
		expect(stderr).toContain('one of SlowDown');
	});

	it('prints export lines to paste', async () => {
		const program = await startProgram(['sandbox']);
		await program.waitForLines(/^export AWS_PROFILE=source/);
		const port = Number(/127\.0\.0\.1:(\d+)/.exec(program.stdout())?.[1]);

		expect(program.stdout()).toMatch(/^export AWS_ENDPOINT_URL=http:\/\/127\.0\.0\.1:\d+$/m);
		expect(program.stdout()).not.toMatch(/SECRET_ACCESS_KEY=/);
		await new Promise<void>((resolve, reject) => {
			const socket = connect(port, '127.0.0.1', () => {
				socket.destroy();
				resolve();
			});
			socket.on('error', reject);
		});
		program.child.kill('SIGTERM');
		expect((await program.ended).exitCode).toBe(0);
	});
});

describe('Ctrl-C without a terminal', () => {
	it('ends a run with 130 and says that it was cancelled', async () => {
		const program = await startProgram([
			'apply',
			'--sandbox',
			'--yes',
			'--json',
			'--files',
			'200',
			'--timeout',
			'600',
		]);
		await program.waitForLines(/object-uploaded/);
		program.child.kill('SIGINT');
		const {exitCode, events} = await program.ended;

		expect(exitCode).toBe(130);
		expect(events().at(-1)).toMatchObject({type: 'run-finished', outcome: 'cancelled'});
	});
});

describe('a reader that stops reading', () => {
	it('stops a run safely, which is then not done', async () => {
		const program = await startProgram(['apply', '--sandbox', '--yes', '--files', '3']);
		await program.waitForLines(/^Run /);
		program.child.stdout?.destroy();
		const {exitCode, stderr} = await program.ended;

		expect([exitCode, stderr]).toEqual([130, '']);
	});

	it('is no failure of what only reads', async () => {
		const program = await startProgram(['plan', '--sandbox']);
		program.child.stdout?.destroy();
		const {exitCode, stderr} = await program.ended;

		expect([exitCode, stderr]).toEqual([0, '']);
	});
});
