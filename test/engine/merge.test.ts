import {
	AttachRolePolicyCommand,
	CreatePolicyCommand,
	CreateRoleCommand,
	DeleteRoleCommand,
	DeleteRolePolicyCommand,
	GetRoleCommand,
	ListRolePoliciesCommand,
} from '@aws-sdk/client-iam';
import {
	CreateBucketCommand,
	DeleteBucketCommand,
	DeleteObjectCommand,
	GetBucketPolicyCommand,
	GetBucketReplicationCommand,
	HeadObjectCommand,
	ListObjectVersionsCommand,
	PutBucketVersioningCommand,
	PutObjectCommand,
	type ReplicationRule,
	type S3Client,
} from '@aws-sdk/client-s3';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import type {Answers} from '../../source/domain/answers/answers.js';
import type {PlanResult} from '../../source/domain/plan/make-plan.js';
import type {PlannedOperation} from '../../source/domain/operations/registry.js';
import {openSandbox, type OpenSandbox} from '../sandbox/support/open-sandbox.js';
import {finalStatusOf, policyOf, put, setUpPair, trustOfS3} from '../sandbox/support/replicated-pair.js';
import {type Lockstep, lockstep} from '../support/lockstep.js';
import {requestDepth} from '../support/request-depth.js';
import {sandboxSession} from '../support/sandbox-session.js';
import {until} from '../support/until.js';

let open: OpenSandbox;
beforeEach(async () => {
	open = await openSandbox();
});
afterEach(async () => open.close());

const here: Answers = {
	environment: 'aws',
	mode: 'cross-region',
	sourceProfile: 'source',
	sourceRegion: 'us-east-1',
	destinationRegion: 'us-west-2',
};

type Run = {
	readonly result: PlanResult;
	readonly operations: readonly PlannedOperation[];
	readonly isDone: boolean;
};

/** Plans, and applies where there is a plan. */
async function run(answers: Answers): Promise<Run> {
	const session = sandboxSession(open.sandbox, {answers: {...here, ...answers}});
	await session.openEnvironment('aws');
	const result = await session.makePlan({...here, ...answers});
	const isDone = result.ok && (await session.apply());
	await session.close();
	return {result, operations: result.ok ? result.plan.operations : [], isDone};
}

const operationOf = ({operations}: Run, kind: PlannedOperation['kind']): PlannedOperation | undefined =>
	operations.find((operation) => operation.kind === kind);

const rulesOf = async (bucket: string): Promise<readonly ReplicationRule[]> => {
	const {ReplicationConfiguration} = await open.source.send(
		new GetBucketReplicationCommand({Bucket: bucket}),
	);
	return ReplicationConfiguration?.Rules ?? [];
};

describe('a source with rules of schema V1', () => {
	it('goes on replicating their delete markers after the run, in their storage class, and has the new rule', async () => {
		const {source, destination, destinationClient, roleName} = await setUpPair(open, {
			rules: (bucket) => [
				{
					ID: 'old',
					Status: 'Enabled',
					Prefix: 'logs/',
					Destination: {Bucket: `arn:aws:s3:::${bucket}`, StorageClass: 'STANDARD_IA'},
				},
			],
		});
		const made = await run({sourceBucket: source, destinationBucket: destination});

		expect(made.isDone).toBe(true);
		expect(operationOf(made, 'create-role')).toMatchObject({target: roleName, change: 'keep'});
		expect(operationOf(made, 'put-role-policy')).toMatchObject({change: 'keep'});
		expect(operationOf(made, 'put-replication')?.notes).toEqual([
			'rule old: converted to the newer form, same behaviour (delete markers go on being replicated)',
		]);
		const keys = ['logs/a', 'top'];
		for (const key of keys) {
			const versionId = await put(open.source, source, key);
			expect(await finalStatusOf(open.source, source, key, versionId)).toBe('COMPLETED');
			await open.source.send(new DeleteObjectCommand({Bucket: source, Key: key}));
		}

		// Written last: when it is there, what went before it is there as well, or never comes.
		const last = await put(open.source, source, 'last');
		await finalStatusOf(open.source, source, 'last', last);
		const there = await until(async () => {
			const seen = await destinationClient.send(new ListObjectVersionsCommand({Bucket: destination}));
			return (seen.DeleteMarkers?.length ?? 0) > 0 ? seen : undefined;
		});
		expect(there.DeleteMarkers?.map(({Key}) => Key)).toEqual(['logs/a']);
		expect(there.Versions?.map(({Key, StorageClass}) => [Key, StorageClass])).toEqual([
			['last', 'STANDARD'],
			['logs/a', 'STANDARD_IA'],
			['top', 'STANDARD'],
		]);
	});
});

describe('a rule that does it already', () => {
	it('is found under another name, and nothing is written', async () => {
		const {source, destination} = await setUpPair(open);
		const before = open.sandbox.requests.length;
		const made = await run({sourceBucket: source, destinationBucket: destination, ruleId: 'mine'});

		expect(made.result).toMatchObject({ok: true, plan: {ruleId: 'rule'}});
		expect(made.operations.map(({change}) => change)).toEqual(made.operations.map(() => 'keep'));
		const operations = open.sandbox.requests.slice(before).map(({operation}) => operation);
		expect(operations.filter((operation) => /^(Put|Create|Delete)/.test(operation))).toEqual([]);
	});
});

describe('a source with Object Lock', () => {
	it('has a role that may read its retention, which the replicas keep', async () => {
		const west = open.s3('source', 'us-west-2');
		for (const [client, Bucket, region] of [
			[open.source, 'locked-source', undefined],
			[west, 'locked-destination', 'us-west-2'],
		] as const) {
			const CreateBucketConfiguration = region && {LocationConstraint: region};
			await client.send(
				new CreateBucketCommand({Bucket, CreateBucketConfiguration, ObjectLockEnabledForBucket: true}),
			);
		}

		const made = await run({sourceBucket: 'locked-source', destinationBucket: 'locked-destination'});
		expect(made.isDone).toBe(true);
		const ObjectLockRetainUntilDate = new Date('2099-01-01T00:00:00Z');
		const {VersionId = ''} = await open.source.send(
			new PutObjectCommand({
				Bucket: 'locked-source',
				Key: 'kept',
				Body: 'x',
				ObjectLockMode: 'GOVERNANCE',
				ObjectLockRetainUntilDate,
			}),
		);
		expect(await finalStatusOf(open.source, 'locked-source', 'kept', VersionId)).toBe('COMPLETED');
		expect(await west.send(new HeadObjectCommand({Bucket: 'locked-destination', Key: 'kept'}))).toMatchObject(
			{ObjectLockMode: 'GOVERNANCE', ObjectLockRetainUntilDate},
		);
	});
});

describe('a role that was deleted and made anew', () => {
	it('is named before the first write, since S3 refuses its id; without its statements the new one is let in', async () => {
		const pair = await setUpPair(open, {isCrossAccount: true});
		const RoleName = pair.roleName;
		await open.iam.send(new DeleteRolePolicyCommand({RoleName, PolicyName: 'replication'}));
		await open.iam.send(new DeleteRoleCommand({RoleName}));
		await open.iam.send(new CreateRoleCommand({RoleName, AssumeRolePolicyDocument: trustOfS3}));
		const answers: Answers = {
			mode: 'cross-account',
			destinationProfile: 'destination',
			sourceBucket: pair.source,
			destinationBucket: pair.destination,
		};
		const writes = () =>
			open.sandbox.requests.filter(({operation}) => /^(?:Put|Create|Delete)/.test(operation));
		const before = writes().length;
		expect((await run(answers)).result).toMatchObject({
			ok: false,
			problems: [
				{
					code: 'policy-names-deleted',
					cause: expect.stringMatching(
						/^Statement “objects” names AROA\w+, a deleted role; “bucket” names AROA/,
					),
				},
			],
		});
		expect(writes()).toHaveLength(before);
		expect((await run({...answers, dropsDeletedPrincipals: true})).isDone).toBe(true);
		const {Policy} = await open.destination.send(new GetBucketPolicyCommand({Bucket: pair.destination}));
		const {Statement} = JSON.parse(Policy ?? '{}') as {Statement: Array<{Sid: string}>};
		expect(Statement.map(({Sid}) => Sid)).toEqual([
			'Set-permissions-for-objects',
			'Set-permissions-on-bucket',
		]);
		const versionId = await put(open.source, pair.source, 'a');
		expect(await finalStatusOf(open.source, pair.source, 'a', versionId)).toBe('COMPLETED');
	});
});

describe('another rule whose destination makes S3 refuse every Put', () => {
	const writes = () =>
		open.sandbox.requests.filter(({operation}) => /^(?:Put|Create|Delete)/.test(operation)).length;

	// That S3 lets disabled rules be is guessed (docs/aws-facts.md, 5.6).
	it.each([
		{
			what: 'gone',
			spoil: async (Bucket: string, client: S3Client) => client.send(new DeleteBucketCommand({Bucket})),
			says: 'does not exist',
		},
		{
			what: 'not versioned',
			spoil: async (Bucket: string, client: S3Client) =>
				client.send(new PutBucketVersioningCommand({Bucket, VersioningConfiguration: {Status: 'Suspended'}})),
			says: 'is not versioned',
		},
	])('is named before the first write where it is $what, and disabled by its option only', async (one) => {
		const pair = await setUpPair(open);
		const answers = {sourceBucket: pair.source, destinationBucket: 'new-destination'};
		await one.spoil(pair.destination, pair.destinationClient);
		const before = writes();
		expect((await run(answers)).result).toMatchObject({
			ok: false,
			problems: [
				{
					code: 'rule-blocked',
					cause: expect.stringContaining(`rule rule: its destination ${pair.destination} ${one.says}`),
				},
			],
		});
		expect(writes()).toBe(before);

		const made = await run({...answers, disablesBlockedRules: true});
		expect(made.isDone).toBe(true);
		expect(operationOf(made, 'put-replication')?.notes).toEqual([
			`rule rule: its destination ${pair.destination} ${one.says}, and it is disabled (--disable-blocked-rules)`,
		]);
		expect((await rulesOf(pair.source)).map(({ID, Status}) => [ID, Status])).toEqual([
			['rule', 'Disabled'],
			['cross-region-rule', 'Enabled'],
		]);
	});

	it('that may not be read is not known, and keeps nothing from being planned', async () => {
		const pair = await setUpPair(open, {isCrossAccount: true});
		const made = await run({sourceBucket: pair.source, destinationBucket: 'new-destination'});
		expect(made.isDone).toBe(true);
	});
});

describe('the options of a role', () => {
	const createPolicy = async (PolicyName: string, document: string): Promise<string> => {
		const {Policy} = await open.iam.send(new CreatePolicyCommand({PolicyName, PolicyDocument: document}));
		return Policy?.Arn ?? '';
	};

	it('path and boundary are the new role’s, and its real ARN is the one that is let in', async () => {
		const permissionsBoundary = await createPolicy(
			'bound',
			policyOf([{Effect: 'Allow', Action: 's3:*', Resource: '*'}]),
		);
		const answers: Answers = {
			mode: 'cross-account',
			destinationProfile: 'destination',
			sourceBucket: 'one-source',
			destinationBucket: 'one-destination',
			rolePath: '/teams/data/',
			permissionsBoundary,
		};
		const made = await run(answers);

		expect(made.isDone).toBe(true);
		const {Role} = await open.iam.send(new GetRoleCommand({RoleName: 's3-cross-account-rep'}));
		expect(Role).toMatchObject({
			Path: '/teams/data/',
			PermissionsBoundary: {PermissionsBoundaryArn: permissionsBoundary},
		});
		const versionId = await put(open.source, 'one-source', 'a');
		expect(await finalStatusOf(open.source, 'one-source', 'a', versionId)).toBe('COMPLETED');
		const again = await run(answers);
		expect(again.operations.map(({change}) => change)).toEqual(again.operations.map(() => 'keep'));
	});

	it('a role that may only be used is not written to, and is enough where its attached policy is', async () => {
		const RoleName = 'given';
		await open.iam.send(
			new CreateRoleCommand({RoleName, Path: '/given/', AssumeRolePolicyDocument: trustOfS3}),
		);
		const answers: Answers = {
			sourceBucket: 'two-source',
			destinationBucket: 'two-destination',
			roleName: RoleName,
			keepsRole: true,
		};
		const refused = await run(answers);
		expect(refused.result).toMatchObject({ok: false, problems: [{code: 'role-lacks'}]});
		const [problem] = refused.result.ok ? [] : refused.result.problems;

		const PolicyArn = await createPolicy('handed-over', JSON.stringify(problem?.documents?.[0]?.value));
		await open.iam.send(new AttachRolePolicyCommand({RoleName, PolicyArn}));
		const made = await run(answers);
		expect(made.isDone).toBe(true);
		const {PolicyNames} = await open.iam.send(new ListRolePoliciesCommand({RoleName}));
		expect(PolicyNames).toEqual([]);
		const versionId = await put(open.source, 'two-source', 'a');
		expect(await finalStatusOf(open.source, 'two-source', 'a', versionId)).toBe('COMPLETED');
	});

	it('another role, named on purpose, serves the rules that were there as well', async () => {
		const {source, destination} = await setUpPair(open);
		const made = await run({
			sourceBucket: source,
			destinationBucket: 'second-destination',
			roleName: 'switched',
		});

		expect(made.isDone).toBe(true);
		const {PolicyNames} = await open.iam.send(new ListRolePoliciesCommand({RoleName: 'switched'}));
		expect(PolicyNames).toHaveLength(2);
		expect((await rulesOf(source)).map(({ID}) => ID)).toEqual(['rule', 'cross-region-rule']);
		const versionId = await put(open.source, source, 'a');
		expect(await finalStatusOf(open.source, source, 'a', versionId)).toBe('COMPLETED');
		const client = open.s3('source', 'us-west-2');
		const found = await Promise.all(
			[destination, 'second-destination'].map(async (Bucket) =>
				client.send(new ListObjectVersionsCommand({Bucket})),
			),
		);
		expect(found.map(({Versions}) => Versions?.length)).toEqual([1, 1]);
	});
});

describe('what is read for a plan', () => {
	const answers: Answers = {sourceBucket: 'deep-source', destinationBucket: 'deep-destination'};

	/** What a plan is made from; the checks read more, once that is there. */
	const planReads =
		/^(GetCallerIdentity|HeadBucket|GetBucket(Versioning|Replication)|Get(Role|Policy)|GetRolePolicy|GetPolicyVersion|List(Attached)?RolePolicies)$/;

	/** How many requests deep the reading of a plan is. */
	async function readingDepth(one: OpenSandbox, {wrap}: Lockstep): Promise<number> {
		const from = one.sandbox.requests.length;
		const session = sandboxSession(one.sandbox, {answers: {...here, ...answers}, wrap});
		await session.openEnvironment('aws');
		await session.makePlan({...here, ...answers});
		await session.close();
		const reads = one.sandbox.requests.slice(from).filter(({operation}) => planReads.test(operation));
		return requestDepth(reads);
	}

	it('is one step from nothing, and one where everything is right', async () => {
		await open.close();
		const steps = lockstep();
		open = await openSandbox({latencyMs: 1, clock: steps.clock});
		expect(await readingDepth(open, steps)).toBe(1);
		await run(answers);
		expect(await readingDepth(open, steps)).toBe(1);
	});
});
