import {appendFile, mkdir, readdir, readFile, stat, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {
	AttachRolePolicyCommand,
	CreateRoleCommand,
	GetRoleCommand,
	GetRolePolicyCommand,
	ListRolePoliciesCommand,
	PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import {
	CreateBucketCommand,
	GetBucketPolicyCommand,
	GetBucketReplicationCommand,
	GetBucketVersioningCommand,
	ListBucketsCommand,
	ListObjectVersionsCommand,
	PutBucketPolicyCommand,
	PutBucketReplicationCommand,
	PutBucketVersioningCommand,
	PutObjectCommand,
} from '@aws-sdk/client-s3';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {openSandbox, type OpenSandbox, ruleTo} from '../sandbox/support/open-sandbox.js';
import {type JsonEvent, runProgram, startProgram, temporaryFolder} from '../support/program.js';
import {contractFaults} from '../support/json-contract.js';

const modes = ['cross-region', 'cross-account'] as const;
type Mode = (typeof modes)[number];

const roleName = 's3-cross-account-rep';
const trust = {
	Version: '2012-10-17',
	Statement: [{Effect: 'Allow', Principal: {Service: 's3.amazonaws.com'}, Action: 'sts:AssumeRole'}],
};
const otherPolicy = {
	Version: '2012-10-17',
	Statement: [{Effect: 'Allow', Action: 's3:ListBucket', Resource: 'arn:aws:s3:::elsewhere'}],
};
const otherStatement = (bucket: string, sid: string) => ({
	Sid: sid,
	Effect: 'Allow',
	Principal: {AWS: 'arn:aws:iam::111122223333:root'},
	Action: 's3:GetObject',
	Resource: `arn:aws:s3:::${bucket}/*`,
});

let one: OpenSandbox;
let env: Record<string, string>;
let runsFolder: string;

beforeEach(async () => {
	one = await openSandbox();
	const {configFile, credentialsFile, endpointUrl} = one.sandbox;
	const state = await temporaryFolder();
	runsFolder = path.join(state, 'runs');
	env = {
		AWS_CONFIG_FILE: configFile,
		AWS_SHARED_CREDENTIALS_FILE: credentialsFile,
		AWS_ENDPOINT_URL: endpointUrl,
		S3_REPLICATE_STATE_DIR: state,
	};
});

afterEach(async () => {
	await one.close();
});

const run = async (...args: readonly string[]) => runProgram([...args, '--json'], {env});

const answersOf = (mode: Mode): readonly string[] => [
	'--mode',
	mode,
	'--source-profile',
	'source',
	'--destination-profile',
	{'cross-region': 'source', 'cross-account': 'destination'}[mode],
	'--source-bucket',
	'from',
	'--source-region',
	'us-east-1',
	'--destination-bucket',
	'into',
	'--destination-region',
	'us-west-2',
	'--role-name',
	roleName,
];

const apply = async (mode: Mode, ...args: readonly string[]) =>
	run('apply', '--yes', ...answersOf(mode), ...args);

const destinationOf = (mode: Mode) =>
	one.s3(({'cross-region': 'source', 'cross-account': 'destination'} as const)[mode], 'us-west-2');

/** An absence as a value, so that it can be compared. */
const orName = async (call: Promise<unknown>): Promise<unknown> =>
	call.catch((error: unknown) => (error as Error).name);

/** Every document that a run may touch, as S3 and IAM give it. */
async function everything(mode: Mode): Promise<unknown> {
	const destination = destinationOf(mode);
	const names = one.iam.send(new ListRolePoliciesCommand({RoleName: roleName})).then(async ({PolicyNames}) =>
		Promise.all(
			(PolicyNames ?? []).map(async (PolicyName) => {
				const answer = await one.iam.send(new GetRolePolicyCommand({RoleName: roleName, PolicyName}));
				return [PolicyName, decodeURIComponent(answer.PolicyDocument ?? '')];
			}),
		),
	);
	const versions = async (Bucket: string, client = one.source) =>
		client
			.send(new ListObjectVersionsCommand({Bucket}))
			.then(({Versions, DeleteMarkers}) => [Versions ?? [], DeleteMarkers ?? []]);
	return Promise.all([
		orName(one.source.send(new ListBucketsCommand({})).then(({Buckets}) => Buckets?.map(({Name}) => Name))),
		orName(
			one.source
				.send(new GetBucketReplicationCommand({Bucket: 'from'}))
				.then((answer) => answer.ReplicationConfiguration),
		),
		orName(
			destination
				.send(new GetBucketPolicyCommand({Bucket: 'into'}))
				.then(({Policy}) => JSON.parse(Policy ?? '') as unknown),
		),
		orName(
			destination.send(new GetBucketVersioningCommand({Bucket: 'into'})).then(({Status}) => Status ?? 'none'),
		),
		orName(names),
		orName(versions('from')),
		orName(versions('into', destination)),
	]);
}

/** Two buckets, a role and a rule, a statement and a policy of somebody else. */
async function inhabit(mode: Mode): Promise<void> {
	const destination = destinationOf(mode);
	const enabled = {Status: 'Enabled'} as const;
	for (const Bucket of ['from', 'third']) {
		await one.source.send(new CreateBucketCommand({Bucket}));
		await one.source.send(new PutBucketVersioningCommand({Bucket, VersioningConfiguration: enabled}));
	}

	await destination.send(
		new CreateBucketCommand({
			Bucket: 'into',
			CreateBucketConfiguration: {LocationConstraint: 'us-west-2'},
		}),
	);
	await destination.send(
		new PutBucketVersioningCommand({Bucket: 'into', VersioningConfiguration: {Status: 'Suspended'}}),
	);
	await destination.send(
		new PutBucketPolicyCommand({
			Bucket: 'into',
			Policy: JSON.stringify({
				Version: '2012-10-17',
				Id: 'mine',
				Statement: [otherStatement('into', 'Readers')],
			}),
		}),
	);
	await one.iam.send(
		new CreateRoleCommand({RoleName: roleName, AssumeRolePolicyDocument: JSON.stringify(trust)}),
	);
	await one.iam.send(
		new PutRolePolicyCommand({
			RoleName: roleName,
			PolicyName: 'theirs',
			PolicyDocument: JSON.stringify(otherPolicy),
		}),
	);
	await putRules([ruleTo('third', {ID: 'theirs', Priority: 7, Filter: {Prefix: 'logs/'}})]);
	await one.source.send(new PutObjectCommand({Bucket: 'from', Key: 'kept.txt', Body: 'kept'}));
}

async function putRules(rules: ReadonlyArray<ReturnType<typeof ruleTo>>): Promise<void> {
	await one.source.send(
		new PutBucketReplicationCommand({
			Bucket: 'from',
			ReplicationConfiguration: {Role: `arn:aws:iam::111122223333:role/${roleName}`, Rules: [...rules]},
		}),
	);
}

const last = (events: readonly JsonEvent[]): JsonEvent | undefined => events.at(-1);

async function recordOf(): Promise<string> {
	const [name] = await readdir(runsFolder);
	return path.join(runsFolder, name ?? '');
}

describe.each(modes)('after a %s run', (mode) => {
	it('removes everything that the run created, the test files and the buckets too, and does it once', async () => {
		const before = await everything(mode);
		const applied = await apply(mode, '--files', '2');
		expect(applied.exitCode).toBe(0);

		const undone = await run('undo', '--yes');

		expect(undone.exitCode).toBe(0);
		expect(contractFaults(undone.events())).toEqual([]);
		expect(undone.events()[0]).toMatchObject({type: 'run-started', command: 'undo', sandbox: false});
		expect(last(undone.events())).toMatchObject({outcome: 'succeeded', operations: {created: 0, updated: 0}});
		expect(await everything(mode)).toEqual(before);
		const again = await run('undo', '--yes', String(applied.events()[0]?.runId));
		expect(again.exitCode).toBe(0);
		expect(last(again.events())).toMatchObject({outcome: 'succeeded', operations: {deleted: 0, updated: 0}});
	});

	it('restores what was there before, document by document, and leaves what is of others', async () => {
		await inhabit(mode);
		const before = await everything(mode);
		const applied = await apply(mode, '--files', '1');
		expect(applied.exitCode).toBe(0);
		expect(await everything(mode)).not.toEqual(before);

		const undone = await run('undo', '--yes');

		expect(undone.exitCode).toBe(0);
		expect(await everything(mode)).toEqual(before);
	});

	it('takes out only its own part where somebody changed something since', async () => {
		const applied = await apply(mode);
		expect(applied.exitCode).toBe(0);
		const destination = destinationOf(mode);
		await one.source.send(new CreateBucketCommand({Bucket: 'third'}));
		await one.source.send(
			new PutBucketVersioningCommand({Bucket: 'third', VersioningConfiguration: {Status: 'Enabled'}}),
		);
		const {ReplicationConfiguration: written} = await one.source.send(
			new GetBucketReplicationCommand({Bucket: 'from'}),
		);
		const theirs = ruleTo('third', {ID: 'theirs', Priority: 7, Filter: {Prefix: 'logs/'}});
		await putRules([theirs, ...(written?.Rules ?? [])]);
		const policy = await orName(
			destination
				.send(new GetBucketPolicyCommand({Bucket: 'into'}))
				.then(({Policy}) => JSON.parse(Policy ?? '') as {Statement: object[]}),
		);
		const {Statement: ours = []} = policy as {Statement?: object[]};
		const document = {Version: '2012-10-17', Statement: [otherStatement('into', 'Since'), ...ours]};
		await destination.send(new PutBucketPolicyCommand({Bucket: 'into', Policy: JSON.stringify(document)}));
		await destination.send(new PutObjectCommand({Bucket: 'into', Key: 'theirs.txt', Body: 'theirs'}));
		await one.source.send(new PutObjectCommand({Bucket: 'from', Key: 's3-replicate-test0', Body: 'theirs'}));

		const undone = await run('undo', '--yes');

		expect(undone.exitCode).toBe(0);
		const {ReplicationConfiguration: left} = await one.source.send(
			new GetBucketReplicationCommand({Bucket: 'from'}),
		);
		expect(left?.Rules).toEqual([theirs]);
		const {Policy} = await destination.send(new GetBucketPolicyCommand({Bucket: 'into'}));
		expect(JSON.parse(Policy ?? '')).toEqual({...document, Statement: [otherStatement('into', 'Since')]});
		// Their rule uses the role, and their objects are in the buckets.
		await one.iam.send(new GetRoleCommand({RoleName: roleName}));
		const planned = undone.events().find(({type}) => type === 'plan-made');
		const stays = (planned?.operations as ReadonlyArray<{id: string; reason: string | null}>).filter(
			({reason}) => reason !== null,
		);
		expect(stays).toMatchObject([
			{id: `delete-role:${roleName}`, reason: 'other rules use it'},
			{id: 'delete-bucket:from', reason: 'other objects are in it'},
			{id: 'delete-bucket:into', reason: 'other objects are in it'},
		]);
		expect(planned?.notes).toMatchObject([
			expect.stringContaining('Versioning of from stays'),
			expect.stringContaining('Versioning of into stays'),
		]);
		const listed = await run('runs');
		expect(listed.events()).toMatchObject([{type: 'run-listed', outcome: 'succeeded', leftToUndo: 0}]);
	});

	it.each([0, 1, 3, 6])('takes back a run that was killed after %i operations', async (count) => {
		await inhabit(mode);
		const before = await everything(mode);
		const program = await startProgram(['apply', '--yes', '--json', ...answersOf(mode)], {
			env: {...env, AWS_ENDPOINT_URL: one.sandbox.endpointUrl},
		});
		await program.waitForLines(/"operation-(started|finished)"/, count * 2 + 1);
		program.child.kill('SIGKILL');
		await program.ended;

		const undone = await run('undo', '--yes');

		expect(undone.exitCode).toBe(0);
		expect(await everything(mode)).toEqual(before);
	});
});

describe('what is not the run’s own', () => {
	it('keeps a role into which somebody put a policy, or attached one', async () => {
		await apply('cross-region');
		await one.iam.send(
			new AttachRolePolicyCommand({
				RoleName: roleName,
				PolicyArn: 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess',
			}),
		);

		const undone = await run('undo', '--yes');

		expect(undone.exitCode).toBe(0);
		const {Role: role} = await one.iam.send(new GetRoleCommand({RoleName: roleName}));
		expect(role?.RoleName).toBe(roleName);
	});

	it('leaves what a later run made for another pair with the same role, until that is taken back too', async () => {
		const first = await apply('cross-account');
		const second = await run(
			'apply',
			'--yes',
			...answersOf('cross-account').map((word) => ({from: 'from-b', into: 'into-b'})[word] ?? word),
		);
		expect(second.exitCode).toBe(0);

		const undone = await run('undo', '--yes', String(first.events()[0]?.runId));

		expect(undone.exitCode).toBe(0);
		const {PolicyNames} = await one.iam.send(new ListRolePoliciesCommand({RoleName: roleName}));
		expect(PolicyNames).toEqual(['s3-replicate+from-b+into-b']);
		const latest = await run('undo', '--yes');
		expect(last(latest.events())).toMatchObject({outcome: 'succeeded'});
		// The role is the first run's, which left it to the second.
		const again = await run('undo', '--yes', String(first.events()[0]?.runId));
		expect(last(again.events())).toMatchObject({outcome: 'succeeded', operations: {deleted: 1}});
		expect(await orName(one.iam.send(new GetRoleCommand({RoleName: roleName})))).toContain('NoSuchEntity');
	});
});

describe('the test files of a watch', () => {
	it('are taken back with all their versions and replicas, and the setup stays', async () => {
		await apply('cross-account');
		const watched = await run(
			'watch',
			...['--source-bucket', 'from', '--source-profile', 'source', '--destination-profile', 'destination'],
			...['--files', '2'],
		);
		expect(watched.exitCode).toBe(0);

		const undone = await run('undo', '--yes');

		expect(undone.events().find(({type}) => type === 'plan-made')?.operations).toMatchObject([
			{kind: 'delete-objects', target: 'from'},
			{kind: 'delete-objects', target: 'into'},
		]);
		for (const [client, Bucket] of [
			[one.source, 'from'],
			[one.destination, 'into'],
		] as const) {
			const {Versions} = await client.send(new ListObjectVersionsCommand({Bucket}));
			expect(Versions).toBeUndefined();
		}
	});

	it('are not left to take back when the watch has removed them', async () => {
		await apply('cross-account');
		await run(
			'watch',
			...['--source-bucket', 'from', '--source-profile', 'source', '--destination-profile', 'destination'],
			...['--files', '1', '--clean-up'],
		);

		const listed = await run('runs');

		expect(listed.events()).toMatchObject([
			{command: 'watch', leftToUndo: 0},
			{command: 'apply', leftToUndo: 6},
		]);
	});
});

describe('the record', () => {
	it('is readable by its owner alone, and holds no credential', async () => {
		await apply('cross-account', '--files', '1');
		const file = await recordOf();

		expect((await stat(file)).mode & 0o777).toBe(0o600);
		expect((await stat(runsFolder)).mode & 0o777).toBe(0o700);
		const credentials = await readFile(one.sandbox.credentialsFile, 'utf8');
		const secrets = [...credentials.matchAll(/= *(\S+)/g)].map(([, value = '']) => value);
		expect(secrets.length).toBeGreaterThan(3);
		const text = await readFile(file, 'utf8');
		expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
		await run('undo', '--yes');
		const afterwards = await readFile(file, 'utf8');
		expect(secrets.filter((secret) => afterwards.includes(secret))).toEqual([]);
	});

	it('has each write before it is made', async () => {
		await apply('cross-region');
		const lines = (await readFile(await recordOf(), 'utf8')).trimEnd().split('\n');
		const parsed = lines.map((line) => JSON.parse(line) as {type: string; step?: number});

		const writes = parsed.filter(({type}) => type === 'before');
		expect(writes).toHaveLength(7);
		for (const {step} of writes) {
			const order = parsed.filter((line) => line.step === step).map(({type}) => type);
			expect(order).toEqual(['before', 'after']);
		}
	});

	it('is not written by what changes nothing', async () => {
		await run('plan', ...answersOf('cross-region'));
		await run('runs');
		const sandbox = await runProgram(['apply', '--sandbox', '--yes', '--json', '--files', '1'], {env});

		expect(sandbox.exitCode).toBe(0);
		expect(await orName(readdir(runsFolder))).toBe('Error');
	});

	it('that cannot be written stops a run before its first change, and no plan', async () => {
		const file = path.join(await temporaryFolder(), 'file');
		await writeFile(file, '');
		env.S3_REPLICATE_STATE_DIR = path.join(file, 'state');

		const applied = await apply('cross-region');
		const planned = await run('plan', ...answersOf('cross-region'));

		expect(applied.exitCode).toBe(1);
		expect(last(applied.events())).toMatchObject({problem: {code: 'record-not-writable'}});
		expect(one.sandbox.requests.filter(({operation}) => /^(Create|Put)/.test(operation))).toEqual([]);
		expect(planned.exitCode).toBe(0);
	});

	it('that is cut off in its last line is taken back by the lines before it, and that is said', async () => {
		const before = await everything('cross-region');
		await apply('cross-region');
		const file = await recordOf();
		await appendFile(file, '{"type":"before","at":1,"st');

		const listed = await run('runs');
		const undone = await run('undo', '--yes');

		expect(listed.events()).toMatchObject([{leftToUndo: 5, problem: {code: 'record-cut-off'}}]);
		expect(undone.exitCode).toBe(0);
		expect(undone.events().find(({type}) => type === 'plan-made')?.notes).toMatchObject([
			expect.stringContaining('cut off'),
		]);
		expect(await everything('cross-region')).toEqual(before);
		const afterwards = await run('runs');
		expect(afterwards.events()).toMatchObject([{leftToUndo: 0, problem: null}]);
	});

	it.each([
		['corrupt', 'no JSON at all\n', 'record-unreadable'],
		['of unknown lines', '{"type":"run","schemaVersion":1}\n', 'record-unreadable'],
		['empty', '', 'record-unreadable'],
		['of a newer version', '{"type":"run","schemaVersion":2}\n', 'record-too-new'],
	])('that is %s is a problem of that run alone', async (_what, text, code) => {
		await apply('cross-region');
		await mkdir(runsFolder, {recursive: true});
		await writeFile(path.join(runsFolder, '20990101-000000-beef.jsonl'), text);

		const listed = await run('runs');
		const refused = await run('undo', '--yes', '20990101-000000-beef');
		const undone = await run('undo', '--yes');

		expect(listed.exitCode).toBe(0);
		expect(listed.events()).toMatchObject([{outcome: 'unreadable', problem: {code}}, {leftToUndo: 5}]);
		expect(refused.exitCode).toBe(1);
		expect(last(refused.events())).toMatchObject({problem: {code}});
		expect(undone.exitCode).toBe(0);
	});
});

describe('undo', () => {
	it('writes nothing without a yes where there is no terminal to ask on', async () => {
		await apply('cross-region');
		const before = await everything('cross-region');

		const refused = await run('undo');

		expect(refused.exitCode).toBe(2);
		expect(last(refused.events())).toMatchObject({problem: {code: 'not-confirmed'}});
		expect(await everything('cross-region')).toEqual(before);
	});

	it('takes back a run only at the endpoint that it recorded', async () => {
		const applied = await apply('cross-region');
		const runId = String(applied.events()[0]?.runId);
		const other = ['--endpoint-url', 'http://127.0.0.1:9'];

		const named = await run('undo', '--yes', runId, ...other);
		const latest = await run('undo', '--yes', ...other);

		expect(named.exitCode).toBe(1);
		expect(last(named.events())).toMatchObject({problem: {code: 'another-endpoint'}});
		expect(latest.exitCode).toBe(0);
		expect(latest.events().map(({type}) => type)).toEqual(['run-started', 'run-finished']);
	});

	it('takes back a run only in the account that it recorded', async () => {
		await apply('cross-region');

		const refused = await run('undo', '--yes', '--source-profile', 'destination');

		expect(refused.exitCode).toBe(1);
		expect(last(refused.events())).toMatchObject({problem: {code: 'another-account'}});
	});

	it.each(['20990101-000000-beef', '../../etc/passwd'])('knows of no run %s', async (runId) => {
		const refused = await run('undo', '--yes', runId);

		expect(refused.exitCode).toBe(2);
		expect(last(refused.events())).toMatchObject({problem: {code: 'unknown-run'}});
	});

	it.each([1, 3, 5])('that was killed after %i operations can be run again', async (count) => {
		await inhabit('cross-account');
		const before = await everything('cross-account');
		await apply('cross-account', '--files', '1');
		const program = await startProgram(['undo', '--yes', '--json'], {env});
		await program.waitForLines(/"operation-(started|finished)"/, count * 2);
		program.child.kill('SIGKILL');
		await program.ended;

		const again = await run('undo', '--yes');

		expect(again.exitCode).toBe(0);
		expect(await everything('cross-account')).toEqual(before);
	});

	it('is named by the run that it takes back, in lines for people as well', async () => {
		const applied = await runProgram(['apply', '--yes', ...answersOf('cross-region')], {env});
		const runId = /Run (\S+) on/.exec(applied.stdout)?.[1] ?? '';
		expect(applied.stdout).toContain(
			`Undo       s3-replicate undo ${runId} --endpoint-url http://127.0.0.1:`,
		);

		const listed = await runProgram(['runs'], {env});
		const undone = await runProgram(['undo', runId, '--yes'], {env});

		expect(listed.stdout).toMatch(new RegExp(`^${runId}  apply .*5 to take back .*from → into`, 'm'));
		expect(undone.stdout).toContain('✓ Replication restored: from');
		expect(undone.stdout).toContain(`✓ The run ${runId} is taken back`);
	});
});
