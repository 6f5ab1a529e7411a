import dns from 'node:dns';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, test, vi} from 'vitest';
import {connect} from '../../source/aws/connect.js';
import type {Connection} from '../../source/aws/ports.js';
import {errorOf} from '../../source/aws/problems/problem-of.js';
import {configLocation, readSharedConfig} from '../../source/aws/transport/shared-config.js';
import {permissionOf} from '../../source/aws/problems/permission-of.js';
import {defaultChain} from '../../source/domain/answers/answers.js';
import {type Problem, type ProblemError, problemFrom} from '../../source/domain/problem.js';
import {
	connectSandbox,
	type ConnectedSandbox,
	failureOf,
	sourceAccountId,
} from './support/connected-sandbox.js';

type LookupCallback = (error: Error) => void;

let aws: ConnectedSandbox;

beforeAll(async () => {
	aws = await connectSandbox();
});

afterAll(async () => aws.close());

function keysOf(keys: {accessKeyId: string; secretAccessKey: string; sessionToken?: string}) {
	return {
		aws_access_key_id: keys.accessKeyId,
		aws_secret_access_key: keys.secretAccessKey,
		...(keys.sessionToken === undefined ? {} : {aws_session_token: keys.sessionToken}),
	};
}

async function connectionOf(policy: object, userName: string): Promise<Connection> {
	return aws.withProfile(
		userName,
		keysOf(aws.sandbox.addUser({accountId: sourceAccountId, userName, policy})),
	);
}

function expectWhole(problem: Problem): void {
	expect(problem.kind).toBe('fixable');
	expect(problem.headline).toMatch(/^Cannot /);
	expect(problem.cause).not.toBe('');
	expect(problem.nextSteps.length).toBeGreaterThan(0);
}

/** All of them, so that none fails unheard. */
async function failuresOf(
	calls: readonly Promise<unknown>[],
): Promise<readonly {readonly problem: Problem}[]> {
	return Promise.all(calls.map(failureOf));
}

const allowing = (...actions: readonly string[]) => ({
	Version: '2012-10-17',
	Statement: [{Effect: 'Allow', Action: actions, Resource: '*'}],
});

describe('credentials', () => {
	test('with a wrong secret are called so, by every service, and the secret is not shown', async () => {
		const {accessKeyId} = aws.sandbox.addUser({accountId: sourceAccountId, userName: 'mistyped'});
		const connection = await aws.withProfile('mistyped', keysOf({accessKeyId, secretAccessKey: 'hush-hush'}));
		for (const {problem} of await failuresOf([
			connection.identity.getCaller(),
			connection.roles.get('r'),
			connection.buckets.list(),
		])) {
			expectWhole(problem);
			expect(problem).toMatchObject({
				code: 'wrong-secret',
				headline: 'Cannot use profile mistyped: its secret key is wrong',
			});
			expect(problem.cause).toMatch(/SignatureDoesNotMatch \(HTTP 403\).*Request id \S+\./);
			expect(JSON.stringify(problem)).not.toContain('hush');
		}
	});

	test('are not blamed where it is the region that AWS does not know', async () => {
		const keys = keysOf(aws.sandbox.addUser({accountId: sourceAccountId, userName: 'nowhere'}));
		const connection = await aws.withProfile('nowhere', {...keys, region: 'mars-1'});
		const {problem} = await failureOf(connection.identity.getCaller());
		expectWhole(problem);
		expect(problem.code).toBe('wrong-region');
		expect(problem.nextSteps.join(' ')).toContain('the region mars-1: region of the profile nowhere');
	});

	test('with a key that AWS does not know are called so, by every service', async () => {
		const connection = await aws.withProfile(
			'unknown',
			keysOf({accessKeyId: 'AKIAUNKNOWNUNKNOWN12', secretAccessKey: 'hush-hush'}),
		);
		for (const {problem} of await failuresOf([
			connection.identity.getCaller(),
			connection.roles.get('r'),
			connection.buckets.list(),
		])) {
			expectWhole(problem);
			expect(problem.code).toBe('unknown-access-key');
			expect(problem.headline).toContain('unknown');
			expect(JSON.stringify(problem)).not.toContain('hush');
		}
	});

	test('of a session that has ended are called so, with how to sign in', async () => {
		const connection = await aws.withProfile('ended', keysOf(aws.sandbox.addExpiredSession(sourceAccountId)));
		for (const {problem} of await failuresOf([
			connection.identity.getCaller(),
			connection.roles.get('r'),
			connection.buckets.list(),
		])) {
			expectWhole(problem);
			expect(problem).toMatchObject({
				code: 'expired-credentials',
				headline: 'Cannot go on with profile ended: its session expired',
			});
			expect(problem.nextSteps[0]).toContain('Open a new session');
			expect(problem.nextSteps.join(' ')).not.toContain('sso login');
		}
	});

	test('that a profile does not give are missed, in a question to nobody', async () => {
		const connection = await aws.withProfile('bare', {region: 'us-east-1'});
		const before = aws.sandbox.requests.length;
		for (const {problem} of await failuresOf([
			connection.identity.knownAccountId(),
			connection.identity.getCaller(),
		])) {
			expectWhole(problem);
			expect(problem).toMatchObject({
				code: 'no-credentials',
				headline: 'Cannot use profile bare: it gives no credentials',
			});
			expect(problem.nextSteps.join(' ')).toContain('--sandbox');
		}

		expect(aws.sandbox.requests.length).toBe(before);
	});

	test('that the default chain does not give are missed with the profile that AWS_PROFILE names in vain', () => {
		const error = Object.assign(new Error('Could not load credentials'), {name: 'CredentialsProviderError'});
		const call = {profile: defaultChain, absentProfile: 'mistyped', operation: 'GetCallerIdentity'};
		const problem = problemFrom(errorOf(error, call));
		expectWhole(problem);
		expect(problem.cause).toContain('AWS_PROFILE names mistyped');
		expect(problem.nextSteps[0]).toContain('--source-profile NAME');
		expect(problem.nextSteps.join(' ')).not.toContain(defaultChain);
	});
});

describe('a call that is not allowed', () => {
	test('names the call, the target, the profile, the identity and the missing permission', async () => {
		const connection = await connectionOf(allowing('s3:ListBucket'), 'reader');
		const bucket = aws.bucket('not-allowed');
		await aws.source.buckets.create(bucket);
		const {problem} = await failureOf(connection.buckets.enableVersioning(bucket));
		expectWhole(problem);
		expect(problem.code).toBe('not-allowed');
		expect(problem.headline).toBe(
			`Cannot PutBucketVersioning on ${bucket.bucket}: profile reader is not allowed to`,
		);
		expect(problem.cause).toContain(`arn:aws:iam::${sourceAccountId}:user/reader`);
		expect(problem.cause).toContain('The permission it needs is s3:PutBucketVersioning.');
		expect(problem.nextSteps[0]).toBe(
			`Let the identity of profile reader perform s3:PutBucketVersioning on ${bucket.bucket}.`,
		);
	});

	test('names the permission whose name is not the call’s', async () => {
		const connection = await connectionOf(allowing('iam:ListRoles'), 'blind');
		const bucket = aws.bucket('blind');
		await aws.source.buckets.create(bucket);
		const {buckets, roles, objects} = connection;
		const missing = await Promise.all(
			[
				buckets.list(),
				buckets.getReplication(bucket),
				objects.listVersions(bucket, {prefix: ''}),
				roles.get('r'),
			].map(async (call) => (await failureOf(call)).problem.cause),
		);
		expect(missing.map((cause) => /permission it needs is (\S+)\./.exec(cause)?.[1])).toEqual([
			's3:ListAllMyBuckets',
			's3:GetReplicationConfiguration',
			's3:ListBucketVersions',
			'iam:GetRole',
		]);
	});

	test('names the one of two permissions that AWS names', () => {
		const denied = Object.assign(
			new Error(
				'User: arn:aws:iam::1:user/u is not authorized to perform: iam:PassRole on resource: arn:aws:iam::1:role/r because no identity-based policy allows the iam:PassRole action',
			),
			{name: 'AccessDenied', Code: 'AccessDenied', $metadata: {httpStatusCode: 403}},
		);
		const error = errorOf(denied, {operation: 'PutBucketReplication', target: 'b', profile: 'p'});
		const {cause, nextSteps} = (error as ProblemError).problem;
		expect(cause).toContain('The permission it needs is iam:PassRole.');
		expect(nextSteps[0]).toBe('Let the identity of profile p perform iam:PassRole on arn:aws:iam::1:role/r.');
	});

	test.each<readonly [operation: string, target: string, resources: Record<string, string>, step: string]>([
		[
			'PutBucketReplication',
			'b',
			{'iam:PassRole': 'arn:aws:iam::1:role/r'},
			's3:PutReplicationConfiguration on b and iam:PassRole on arn:aws:iam::1:role/r',
		],
		['PutBucketPolicy', 'b', {}, 's3:PutBucketPolicy on b'],
		['PutRolePolicy', 'role r', {}, 'iam:PutRolePolicy on role r'],
	])(
		'of a bare refusal of %s names each permission with its resource',
		(operation, target, resources, step) => {
			const denied = Object.assign(new Error('Access Denied'), {
				name: 'AccessDenied',
				$metadata: {httpStatusCode: 403},
			});
			const error = errorOf(denied, {operation, target, resources, profile: 'p'});
			expect((error as ProblemError).problem.nextSteps[0]).toBe(
				`Let the identity of profile p perform ${step}.`,
			);
		},
	);

	test.each([
		['HeadBucket', 's3:ListBucket'],
		['HeadObject', 's3:GetObjectVersion'],
		['PutBucketReplication', 's3:PutReplicationConfiguration and iam:PassRole'],
		['PutBucketPolicy', 's3:PutBucketPolicy'],
		['CreateRole', 'iam:CreateRole'],
		['PutRolePolicy', 'iam:PutRolePolicy'],
		['GetCallerIdentity', 'sts:GetCallerIdentity'],
		['AssumeRole', 'sts:AssumeRole'],
	])('%s needs %s', (operation, permission) => {
		expect(permissionOf(operation)).toBe(permission);
	});
});

describe('a profile with a role', () => {
	const trusting = {
		Version: '2012-10-17',
		Statement: [
			{
				Effect: 'Allow',
				Principal: {AWS: `arn:aws:iam::${sourceAccountId}:root`},
				Action: 'sts:AssumeRole',
			},
		],
	} as const;

	const roleProfile = (roleName: string) => ({
		role_arn: `arn:aws:iam::${sourceAccountId}:role/${roleName}`,
		source_profile: 'source',
		role_session_name: 'test',
	});

	test('assumes it at the endpoint where every other call goes', async () => {
		await aws.source.roles.create({roleName: 'worker', path: '/', description: 'ours', trust: trusting});
		const connection = await aws.withProfile('working', roleProfile('worker'));
		expect(await connection.identity.knownAccountId()).toBe(sourceAccountId);
		expect((await connection.identity.getCaller()).arn).toBe(
			`arn:aws:sts::${sourceAccountId}:assumed-role/worker/test`,
		);
		expect(aws.sandbox.requests.filter(({operation}) => operation === 'AssumeRole')).toHaveLength(1);
	});

	test('that it may not assume is told so, by the role and the permission', async () => {
		const connection = await aws.withProfile('refused', roleProfile('nobody'));
		const {problem} = await failureOf(connection.identity.getCaller());
		expectWhole(problem);
		expect(problem.headline).toBe(
			`Cannot AssumeRole on arn:aws:iam::${sourceAccountId}:role/nobody: profile refused is not allowed to`,
		);
		expect(problem.cause).toContain('The permission it needs is sts:AssumeRole.');
	});
});

describe('an endpoint', () => {
	/** A port of this machine on which nobody listens any more. */
	async function deadEndpoint(): Promise<string> {
		const server = createServer();
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const address = server.address();
		await new Promise((resolve) => server.close(resolve));
		return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
	}

	const keys = {aws_access_key_id: 'AKIAEXAMPLEEXAMPLE12', aws_secret_access_key: 'hush-hush'};

	test('that nobody listens on is named, with what could', async () => {
		const url = await deadEndpoint();
		const connection = await aws.withProfile('lost', {...keys, endpoint_url: url});
		const {problem} = await failureOf(connection.identity.getCaller());
		expectWhole(problem);
		expect(problem).toMatchObject({code: 'endpoint-unreachable', headline: `Cannot reach ${url}`});
		expect(problem.cause).toMatch(/^ECONNREFUSED: /);
		expect(problem.nextSteps[0]).toContain('s3-replicate sandbox');
		expect(JSON.stringify(problem)).not.toContain('hush');
	});

	test('that hangs up is unreachable too', async () => {
		const server = createServer((socket) => socket.destroy());
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const {port} = server.address() as {port: number};
		const connection = await aws.withProfile('cut', {...keys, endpoint_url: `http://127.0.0.1:${port}`});
		const {problem} = await failureOf(connection.identity.getCaller());
		await new Promise((resolve) => server.close(resolve));
		expect(problem.code).toBe('endpoint-unreachable');
	});

	test.each([
		['ENOTFOUND', 'AWS'],
		['TimeoutError', 'AWS'],
	])('%s on the way to AWS says so', (code, where) => {
		const error = errorOf(Object.assign(new Error('no'), {code}), {operation: 'ListBuckets', profile: 'p'});
		expect((error as ProblemError).problem).toMatchObject({
			code: 'endpoint-unreachable',
			headline: `Cannot reach ${where}`,
			nextSteps: [expect.stringContaining('Check the network connection'), 'Then run this again.'],
		});
	});

	test('of the active profile is not another profile’s', async () => {
		const file = await mkdtemp(path.join(tmpdir(), 's3-replicate-active-')).then((made) =>
			path.join(made, 'config'),
		);
		const lines = Object.entries(keys).map(([key, value]) => `${key} = ${value}`);
		const active = ['[profile local]', `endpoint_url = ${aws.sandbox.endpointUrl}`];
		await writeFile(file, [...active, '[profile other]', ...lines, ''].join('\n'));
		const environment = {
			AWS_CONFIG_FILE: file,
			AWS_SHARED_CREDENTIALS_FILE: `${file}-none`,
			AWS_PROFILE: 'local',
		};
		for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
		const before = aws.sandbox.requests.length;
		// Names are looked up here, so that the test asks nobody.
		const hosts: string[] = [];
		const lookup = vi.spyOn(dns, 'lookup').mockImplementation(((
			host: string,
			_options: object,
			done: LookupCallback,
		) => {
			hosts.push(host);
			done(Object.assign(new Error('no names in tests'), {code: 'ENOTFOUND'}));
		}) as never);
		try {
			const connection = connect('other', {
				config: await readSharedConfig(configLocation(environment)),
				environment,
			});
			expect(connection.endpointUrl).toBeUndefined();
			const {problem} = await failureOf(connection.identity.getCaller());
			expect(problem).toMatchObject({code: 'endpoint-unreachable', headline: 'Cannot reach AWS'});
		} finally {
			lookup.mockRestore();
			vi.unstubAllEnvs();
			await rm(path.dirname(file), {recursive: true});
		}

		expect(new Set(hosts)).toEqual(new Set(['sts.us-east-1.amazonaws.com']));
		expect(aws.sandbox.requests.length).toBe(before);
	});

	test('tried over several addresses says why by the first', () => {
		const parts = [Object.assign(new Error('refused'), {code: 'ECONNREFUSED'})];
		const error = errorOf(new AggregateError(parts), {operation: 'ListBuckets', profile: 'p'});
		expect((error as ProblemError).problem.cause).toMatch(/^ECONNREFUSED/);
	});
});

test.each([
	['SlowDown', 503, 'throttled'],
	['RequestTimeTooSkewed', 403, 'clock-skew'],
	['InternalError', 500, 'aws-refused'],
])('%s is a problem with a next step', (code, httpStatusCode, problemCode) => {
	const thrown = Object.assign(new Error('text'), {
		name: code,
		Code: code,
		$metadata: {httpStatusCode, requestId: 'R1'},
	});
	const error = errorOf(thrown, {operation: 'PutObject', target: 'b/k', profile: 'p'}) as ProblemError;
	expectWhole(error.problem);
	expect(error.problem.code).toBe(problemCode);
	expect(error.problem.cause).toBe(`AWS says ${code} (HTTP ${httpStatusCode}): text. Request id R1.`);
});

test('an answer without a body is said to give no reason', () => {
	const thrown = Object.assign(new Error('UnknownError'), {
		name: 'Unknown',
		$metadata: {httpStatusCode: 405},
	});
	const error = errorOf(thrown, {operation: 'HeadObject', profile: 'p'}) as ProblemError;
	expect(error.problem.cause).toBe('AWS says No reason given (HTTP 405).');
});
