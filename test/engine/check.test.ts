import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {CreateRoleCommand} from '@aws-sdk/client-iam';
import {
	type CreateBucketConfiguration,
	CreateBucketCommand,
	DeletePublicAccessBlockCommand,
	PutBucketOwnershipControlsCommand,
	PutBucketPolicyCommand,
	PutBucketReplicationCommand,
	PutBucketRequestPaymentCommand,
	PutBucketVersioningCommand,
	PutPublicAccessBlockCommand,
	type S3Client,
} from '@aws-sdk/client-s3';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import type {Connection} from '../../source/aws/ports.js';
import type {Answers} from '../../source/domain/answers/answers.js';
import type {Check} from '../../source/domain/checks/check.js';
import type {PlanResult} from '../../source/domain/plan/make-plan.js';
import {trustPolicy} from '../../source/domain/role/trust-policy.js';
import type {Sandbox} from '../../source/sandbox/start-sandbox.js';
import {createKey} from '../sandbox/support/kms-keys.js';
import {openSandbox, type OpenSandbox} from '../sandbox/support/open-sandbox.js';
import {sandboxSession} from '../support/sandbox-session.js';
import {sampled} from '../support/sampled.js';

let one: OpenSandbox;
let folder: string;

beforeAll(async () => {
	one = await openSandbox();
	folder = await mkdtemp(path.join(tmpdir(), 's3-replicate-checks-'));
});

afterAll(async () => {
	await one.close();
	await rm(folder, {recursive: true});
});

type Found = {
	readonly checks: readonly Check[];
	readonly result: PlanResult;
	readonly order: readonly string[];
};

/** Plans with these answers, and gives what every check found. */
async function checked(
	answers: Answers,
	{
		sandbox = one.sandbox,
		wrap,
	}: {
		readonly sandbox?: Pick<Sandbox, 'endpointUrl' | 'configFile' | 'credentialsFile'>;
		readonly wrap?: (connection: Connection) => Connection;
	} = {},
): Promise<Found> {
	const session = sandboxSession(sandbox, {answers, wrap});
	const checks: Check[] = [];
	const order: string[] = [];
	session.onEvent((event) => {
		order.push(event.type);
		if (event.type === 'check-finished') checks.push(event);
	});
	await session.openEnvironment('aws');
	const result = await session.makePlan(answers);
	await session.close();
	return {checks, result, order};
}

/** What is not ok, as `id: result code`. */
function faultsOf({checks}: Found): readonly string[] {
	return checks
		.filter(({result}) => result !== 'ok')
		.map(({id, result, problem}) => `${id}: ${result} ${problem?.code ?? ''}`.trim())
		.sort();
}

type World = {
	readonly answers: Answers;
	readonly source: string;
	readonly destination: string;
	readonly roleName: string;
	/** The destination's account, in the destination's region. */
	readonly there: S3Client;
};

/** Two buckets of two accounts, ready to be replicated. */
async function readyWorld(): Promise<World> {
	const [source, destination, roleName] = [one.name('from'), one.name('to'), one.name('role')];
	await createBucket(one.source, source);
	await createBucket(one.destination, destination);
	return {
		source,
		destination,
		roleName,
		there: one.destination,
		answers: {
			environment: 'aws',
			mode: 'cross-account',
			sourceProfile: 'source',
			destinationProfile: 'destination',
			sourceBucket: source,
			destinationBucket: destination,
			sourceRegion: 'us-east-1',
			destinationRegion: 'us-west-2',
			roleName,
			ruleId: 'new-rule',
			testFileCount: 1,
		},
	};
}

const placeOf: Readonly<Record<string, {readonly CreateBucketConfiguration?: CreateBucketConfiguration}>> = {
	'us-west-2': {CreateBucketConfiguration: {LocationConstraint: 'us-west-2'}},
};

async function createBucket(client: S3Client, Bucket: string, isLocked = false): Promise<void> {
	const place = placeOf[await client.config.region()];
	await client.send(new CreateBucketCommand({Bucket, ObjectLockEnabledForBucket: isLocked, ...place}));
	await client.send(new PutBucketVersioningCommand({Bucket, VersioningConfiguration: {Status: 'Enabled'}}));
}

async function putPolicy(client: S3Client, Bucket: string, ...Statement: readonly object[]): Promise<void> {
	await client.send(
		new PutBucketPolicyCommand({Bucket, Policy: JSON.stringify({Version: '2012-10-17', Statement})}),
	);
}

const deny = (bucket: string, Action: string, more: object = {}) => ({
	Sid: 'Keep out',
	Effect: 'Deny',
	Principal: '*',
	Action,
	Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
	...more,
});

type Break = (world: World) => Promise<Partial<Answers>>;

const nothing = async (): Promise<Partial<Answers>> => ({});

const cases: ReadonlyArray<readonly [what: string, faults: readonly string[], breakIt: Break]> = [
	['nothing', [], nothing],
	[
		'a source with Object Lock, where the destination has none',
		['object-lock: problem destination-not-locked'],
		async ({source}) => {
			await createBucket(one.source, `${source}-locked`, true);
			return {sourceBucket: `${source}-locked`};
		},
	],
	[
		'Object Lock on both, which the role is allowed to read by the plan',
		[],
		async ({source, destination, there}) => {
			await createBucket(one.source, `${source}-locked`, true);
			await createBucket(there, `${destination}-locked`, true);
			return {sourceBucket: `${source}-locked`, destinationBucket: `${destination}-locked`};
		},
	],
	[
		'a destination whose requesters pay',
		['request-payer: problem requester-pays'],
		async ({destination: Bucket, there}) => {
			const RequestPaymentConfiguration = {Payer: 'Requester' as const};
			await there.send(new PutBucketRequestPaymentCommand({Bucket, RequestPaymentConfiguration}));
			return {};
		},
	],
	[
		'a source with ACLs',
		['source-ownership: warning source-with-acls'],
		async ({source: Bucket}) => {
			const OwnershipControls = {Rules: [{ObjectOwnership: 'ObjectWriter' as const}]};
			await one.source.send(new PutBucketOwnershipControlsCommand({Bucket, OwnershipControls}));
			return {};
		},
	],
	[
		'a destination with ACLs',
		['destination-ownership: warning replicas-of-source-account'],
		async ({destination: Bucket, there}) => {
			const OwnershipControls = {Rules: [{ObjectOwnership: 'BucketOwnerPreferred' as const}]};
			await there.send(new PutBucketOwnershipControlsCommand({Bucket, OwnershipControls}));
			return {};
		},
	],
	[
		'a public policy that Block Public Access restricts',
		['public-access: problem public-policy-restricted'],
		async ({destination: Bucket, there}) => {
			await there.send(new DeletePublicAccessBlockCommand({Bucket}));
			await putPolicy(there, Bucket, {
				Effect: 'Allow',
				Principal: '*',
				Action: 's3:GetObject',
				Resource: `arn:aws:s3:::${Bucket}/public/*`,
			});
			const PublicAccessBlockConfiguration = {RestrictPublicBuckets: true};
			await there.send(new PutPublicAccessBlockCommand({Bucket, PublicAccessBlockConfiguration}));
			return {};
		},
	],
	[
		'a Deny in the source that hits the role',
		['source-denies: problem role-denied'],
		async ({source}) => {
			await putPolicy(one.source, source, deny(source, 's3:GetObjectVersionForReplication'));
			return {};
		},
	],
	[
		'a Deny in the destination under a condition that nobody can know',
		['destination-denies: warning role-perhaps-denied'],
		async ({destination, there}) => {
			const Condition = {StringNotEquals: {'aws:SourceVpce': 'vpce-1'}};
			await putPolicy(there, destination, deny(destination, 's3:ReplicateObject', {Condition}));
			return {};
		},
	],
	[
		'a Deny of what is not encrypted on its way, which hits nobody here',
		[],
		async ({destination, there}) => {
			const Condition = {Bool: {'aws:SecureTransport': 'false'}};
			await putPolicy(there, destination, deny(destination, 's3:Replicate*', {Condition}));
			return {};
		},
	],
	[
		'a Deny in the destination that hits its own caller',
		['destination-permissions: problem permission-missing'],
		async ({destination, there}) => {
			await putPolicy(there, destination, deny(destination, 's3:PutBucketPolicy'));
			return {};
		},
	],
	[
		'a destination of somebody else',
		['destination-bucket: problem bucket-of-somebody-else', 'destination-versioning: unknown'],
		async ({source}) => {
			await createBucket(one.source, `${source}-mine`);
			return {destinationBucket: `${source}-mine`};
		},
	],
	[
		'a source in another region than was said',
		['source-bucket: problem bucket-in-another-region'],
		async () => ({sourceRegion: 'eu-west-1'}),
	],
	[
		'a role that does not trust S3',
		['role: problem role-not-trusting-s3'],
		async ({roleName: RoleName}) => {
			const trust = JSON.stringify(trustPolicy).replace('s3.amazonaws.com', 'ec2.amazonaws.com');
			await one.iam.send(new CreateRoleCommand({RoleName, AssumeRolePolicyDocument: trust}));
			return {};
		},
	],
	[
		'rules of schema V1, which have to be converted',
		['rules: warning rules-touched'],
		async ({source, destination, roleName}) => {
			await putRule(source, roleName, {ID: 'old', Prefix: 'logs/', destination});
			return {};
		},
	],
	[
		'a rule of the same name with other content',
		['rules: problem rule-taken'],
		async ({source, destination, roleName}) => {
			await putRule(source, roleName, {ID: 'new-rule', Prefix: 'logs/', destination});
			return {};
		},
	],
	[
		'two profiles of one account',
		['accounts: problem one-account'],
		async ({source}) => {
			await createBucket(one.source, `${source}-twin`);
			return {
				destinationProfile: 'source',
				destinationBucket: `${source}-twin`,
				destinationRegion: 'us-east-1',
			};
		},
	],
	[
		'a role that may only be used, and is not there',
		['role: problem role-missing'],
		async () => ({keepsRole: true}),
	],
];

async function putRule(
	Bucket: string,
	RoleName: string,
	{destination, ...rule}: {readonly ID: string; readonly Prefix: string; readonly destination: string},
): Promise<void> {
	await one.iam.send(
		new CreateRoleCommand({RoleName, AssumeRolePolicyDocument: JSON.stringify(trustPolicy)}),
	);
	await one.source.send(
		new PutBucketReplicationCommand({
			Bucket,
			ReplicationConfiguration: {
				Role: `arn:aws:iam::111122223333:role/${RoleName}`,
				Rules: [{...rule, Status: 'Enabled', Destination: {Bucket: `arn:aws:s3:::${destination}`}}],
			},
		}),
	);
}

describe('a world in which one thing is wrong', () => {
	it.each(sampled('faults of checks', cases, 6))('%s: %j', async (_what, faults, breakIt) => {
		const world = await readyWorld();
		const change = await breakIt(world);
		const found = await checked({...world.answers, ...change});

		// What follows from a problem that keeps a plan from being made is not known, and says nothing of its own.
		const isConsequence = /^(plan|bucket-policy-size|role-policy-size|public-access): unknown$/;
		expect(faultsOf(found).filter((fault) => !isConsequence.test(fault))).toEqual(faults);
		expect(found.result.ok).toBe(!faults.some((fault) => fault.includes(': problem ')));
	});

	it('says each problem once, and the checks come before the plan', async () => {
		const world = await readyWorld();
		const {result, order} = await checked({...world.answers, destinationProfile: 'source'});
		const codes = [result].flatMap((one) => ('problems' in one ? one.problems.map(({code}) => code) : []));

		expect(codes).toEqual([...new Set(codes)]);
		expect(codes).toContain('one-account');
		expect(order).not.toContain('plan-made');
		const well = await checked(world.answers);
		expect(well.order.lastIndexOf('check-finished')).toBeLessThan(well.order.indexOf('plan-made'));
	});

	// The sandbox takes no such setting: the answer is put in its place.
	it.each([
		['source', ['source-encryption: problem source-encrypted-with-kms'], '111122223333'],
		['destination', ['destination-encryption: warning destination-encrypted-with-kms'], '444455556666'],
	])('SSE-KMS on the %s: %j', async (_side, faults, accountId) => {
		const {answers} = await readyWorld();
		const found = await checked(answers, {
			wrap: (connection) => ({
				...connection,
				settings: {
					...connection.settings,
					getEncryption: async (reference, signal) => {
						const real = await connection.settings.getEncryption(reference, signal);
						const kms = {algorithm: 'aws:kms', keyId: 'alias/mine', usesBucketKey: false};
						return {[accountId]: kms}[reference.accountId] ?? real;
					},
				},
			}),
		});
		expect(faultsOf(found)).toEqual(faults);
	});

	it.each([
		[400_000, ['clock: warning clock-skew']],
		[-400_000, ['clock: warning clock-skew']],
		[60_000, []],
	])('a clock %d ms ahead: %j', async (aheadMs, faults) => {
		const clock = {now: () => Date.now() - aheadMs, wait: async () => undefined};
		const late = await openSandbox({clock});
		const {answers} = await readyWorld();
		const found = await checked(
			{...answers, sourceBucket: 'new-a', destinationBucket: 'new-b'},
			{sandbox: late.sandbox},
		);
		await late.close();
		expect(faultsOf(found)).toEqual(faults);
	});
});

describe('a caller', () => {
	/** A profile `caller` of a user with this policy, beside the sandbox's own. */
	async function profileOf(
		policy: object,
		accountId = '111122223333',
	): Promise<Pick<Sandbox, 'endpointUrl' | 'configFile' | 'credentialsFile'>> {
		const userName = one.name('user');
		const {accessKeyId, secretAccessKey} = one.sandbox.addUser({accountId, userName, policy});
		const {endpointUrl, configFile} = one.sandbox;
		const credentialsFile = path.join(folder, userName);
		const own = `[caller]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
		await writeFile(credentialsFile, (await readFile(one.sandbox.credentialsFile, 'utf8')) + own);
		return {endpointUrl, configFile, credentialsFile};
	}

	const allow = (...Action: readonly string[]) => ({Effect: 'Allow', Action, Resource: '*'});
	const all = allow('*');

	it.each<readonly [string, readonly object[], readonly string[]]>([
		['who may do everything', [all], []],
		[
			'without PassRole',
			[all, {...all, Effect: 'Deny', Action: 'iam:PassRole'}],
			['pass-role: problem permission-missing'],
		],
		[
			'who may pass roles to S3 only',
			[
				allow('s3:*', 'iam:Get*', 'iam:List*', 'iam:Create*', 'iam:Put*', 'iam:Simulate*'),
				{...allow('iam:PassRole'), Condition: {StringEquals: {'iam:PassedToService': 's3.amazonaws.com'}}},
			],
			[],
		],
		[
			'who may pass roles in a session with MFA only',
			[
				allow('s3:*', 'iam:Get*', 'iam:List*', 'iam:Create*', 'iam:Put*', 'iam:Simulate*'),
				{...allow('iam:PassRole'), Condition: {Bool: {'aws:MultiFactorAuthPresent': 'true'}}},
			],
			['pass-role: unknown permission-unknown'],
		],
		[
			'who may only read',
			[allow('s3:Get*', 's3:List*', 'iam:Get*', 'iam:List*', 'iam:Simulate*')],
			[
				'pass-role: problem permission-missing',
				'role-permissions: problem permission-missing',
				'source-file-permissions: warning permission-missing',
				'source-permissions: problem permission-missing',
			],
		],
		[
			'without SimulatePrincipalPolicy',
			[all, {...all, Effect: 'Deny', Action: 'iam:SimulatePrincipalPolicy'}],
			[
				'pass-role: unknown permission-unknown',
				'role-permissions: unknown permission-unknown',
				'source-file-permissions: unknown permission-unknown',
				'source-permissions: unknown permission-unknown',
			],
		],
	])('%s', async (_what, Statement, faults) => {
		const {answers} = await readyWorld();
		const sandbox = await profileOf({Version: '2012-10-17', Statement});
		const found = await checked({...answers, sourceProfile: 'caller'}, {sandbox});

		expect(faultsOf(found)).toEqual(faults);
	});

	// Documented: IAM User Guide, "Delegating responsibility to others using permissions boundaries".
	it('who may make roles with a boundary only is led to --permissions-boundary', async () => {
		const {answers} = await readyWorld();
		const bounded = {
			...allow('iam:CreateRole', 'iam:PutRolePolicy'),
			Condition: {StringEquals: {'iam:PermissionsBoundary': 'arn:aws:iam::aws:policy/AmazonS3FullAccess'}},
		};
		const sandbox = await profileOf({
			Version: '2012-10-17',
			Statement: [allow('s3:*', 'iam:Get*', 'iam:List*', 'iam:PassRole', 'iam:Simulate*'), bounded],
		});
		const asked = {...answers, sourceProfile: 'caller', roleName: one.name('role')};
		const without = await checked(asked, {sandbox});
		const found = without.checks.find(({id}) => id === 'role-permissions');

		expect(found?.result).toBe('problem');
		expect(found?.problem?.nextSteps[0]).toContain('--permissions-boundary ARN');
		expect(
			faultsOf(
				await checked(
					{...asked, permissionsBoundary: 'arn:aws:iam::aws:policy/AmazonS3FullAccess'},
					{sandbox},
				),
			),
		).toEqual([]);
	});

	it.each<readonly [string, readonly string[], readonly string[]]>([
		['who may do everything', [], []],
		[
			'who may not write its policy',
			['kms:PutKeyPolicy'],
			['destination-key-permissions: problem permission-missing'],
		],
		[
			'who may not ask what it may',
			['iam:SimulatePrincipalPolicy'],
			[
				'destination-file-permissions: unknown permission-unknown',
				'destination-key-permissions: unknown permission-unknown',
				'destination-permissions: unknown permission-unknown',
			],
		],
	])('the key of another account, for one %s', async (_what, denied, faults) => {
		const accountId = '444455556666';
		const {answers} = await readyWorld();
		const key = await createKey(one.kms('destination', 'us-west-2'));
		const sandbox = await profileOf(
			{
				Version: '2012-10-17',
				Statement: [all, ...denied.map((Action) => ({...all, Effect: 'Deny', Action}))],
			},
			accountId,
		);
		const asked = {...answers, destinationProfile: 'caller', kmsKey: key};
		const found = faultsOf(await checked(asked, {sandbox}));

		expect(found.filter((fault) => fault.includes('permissions'))).toEqual(faults);
	});

	it('who may read neither settings nor policies learns that they are not known, and goes on', async () => {
		const {answers} = await readyWorld();
		const readable = ['s3:GetBucketVersioning', 's3:GetReplicationConfiguration', 's3:ListBucket'];
		const sandbox = await profileOf({
			Version: '2012-10-17',
			Statement: [
				all,
				{
					...all,
					Effect: 'Deny',
					Action: undefined,
					NotAction: [...readable, 's3:P*', 's3:GetObject*', 'iam:*', 'sts:*'],
				},
			],
		});
		const found = await checked({...answers, sourceProfile: 'caller'}, {sandbox});

		expect(faultsOf(found)).toEqual([
			'object-lock: unknown not-allowed',
			'source-denies: unknown not-allowed',
			'source-encryption: unknown not-allowed',
			'source-ownership: unknown not-allowed',
		]);
		expect(found.result.ok).toBe(true);
	});
});
