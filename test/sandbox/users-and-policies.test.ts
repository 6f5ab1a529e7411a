import {
	AttachRolePolicyCommand,
	AttachUserPolicyCommand,
	CreateAccessKeyCommand,
	CreatePolicyCommand,
	CreatePolicyVersionCommand,
	CreateRoleCommand,
	CreateUserCommand,
	DeleteAccessKeyCommand,
	DeletePolicyCommand,
	DeletePolicyVersionCommand,
	DeleteRoleCommand,
	DeleteRolePermissionsBoundaryCommand,
	DeleteUserCommand,
	DeleteUserPolicyCommand,
	DetachRolePolicyCommand,
	GetPolicyCommand,
	GetPolicyVersionCommand,
	GetRoleCommand,
	GetUserCommand,
	GetUserPolicyCommand,
	ListAccessKeysCommand,
	ListAttachedRolePoliciesCommand,
	ListPoliciesCommand,
	ListPolicyVersionsCommand,
	ListRoleTagsCommand,
	ListUserPoliciesCommand,
	PutRolePermissionsBoundaryCommand,
	PutUserPermissionsBoundaryCommand,
	PutUserPolicyCommand,
	SetDefaultPolicyVersionCommand,
	SimulatePrincipalPolicyCommand,
	TagRoleCommand,
	UntagRoleCommand,
	UpdateRoleCommand,
} from '@aws-sdk/client-iam';
import {
	DeleteObjectCommand,
	GetObjectCommand,
	HeadBucketCommand,
	ListObjectsV2Command,
	PutObjectCommand,
} from '@aws-sdk/client-s3';
import {AssumeRoleCommand, GetCallerIdentityCommand, GetSessionTokenCommand} from '@aws-sdk/client-sts';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {errorOf, openSandbox, type OpenSandbox} from './support/open-sandbox.js';
import {
	createVersioned,
	finalStatusOf,
	policyOf,
	put,
	setUpPair,
	trustOfS3,
} from './support/replicated-pair.js';

let open: OpenSandbox;
let bucket: string;
beforeAll(async () => {
	open = await openSandbox({replicationDelayMs: 5});
	bucket = open.name('users');
	await createVersioned(open.source, bucket);
	await put(open.source, bucket, 'k', 'team=a');
});
afterAll(() => open.close());

const allow = (Action: string | string[], more: object = {}) => ({
	Effect: 'Allow',
	Action,
	Resource: '*',
	...more,
});
const createPolicy = async (...statements: Readonly<Record<string, unknown>>[]): Promise<string> => {
	const {Policy} = await open.iam.send(
		new CreatePolicyCommand({PolicyName: open.name('policy'), PolicyDocument: policyOf(statements)}),
	);
	return Policy?.Arn ?? '';
};
const createRole = async (): Promise<string> => {
	const RoleName = open.name('role');
	await open.iam.send(new CreateRoleCommand({RoleName, AssumeRolePolicyDocument: trustOfS3}));
	return RoleName;
};

describe('a managed policy', () => {
	it('is shown as AWS shows it (recorded: TestIAMIntegrations::test_role_attach_policy)', async () => {
		const PolicyArn = await createPolicy(allow('s3:*'));
		const {Policy} = await open.iam.send(new GetPolicyCommand({PolicyArn}));
		expect(Policy).toMatchObject({
			Arn: PolicyArn,
			AttachmentCount: 0,
			DefaultVersionId: 'v1',
			IsAttachable: true,
			Path: '/',
			PermissionsBoundaryUsageCount: 0,
		});
		expect(Policy?.PolicyId).toMatch(/^ANPA[A-Z0-9]{16}$/);
	});

	// Documented: IAM API reference, CreatePolicyVersion; IAM User Guide, reference_iam-quotas.
	it('has up to five versions, one of them the default', async () => {
		const PolicyArn = await createPolicy(allow('s3:*'));
		const add = (SetAsDefault: boolean) =>
			open.iam.send(
				new CreatePolicyVersionCommand({
					PolicyArn,
					PolicyDocument: policyOf([allow('s3:Get*')]),
					SetAsDefault,
				}),
			);
		await add(false);
		await add(true);
		await add(false);
		await add(false);
		expect(await errorOf(add(false))).toMatchObject({code: 'LimitExceeded', status: 409});
		const {Versions} = await open.iam.send(new ListPolicyVersionsCommand({PolicyArn}));
		expect(Versions?.map(({VersionId, IsDefaultVersion}) => [VersionId, IsDefaultVersion])).toEqual([
			['v5', false],
			['v4', false],
			['v3', true],
			['v2', false],
			['v1', false],
		]);
		const remove = (VersionId: string) =>
			open.iam.send(new DeletePolicyVersionCommand({PolicyArn, VersionId}));
		expect(await errorOf(remove('v3'))).toMatchObject({code: 'DeleteConflict'});
		await open.iam.send(new SetDefaultPolicyVersionCommand({PolicyArn, VersionId: 'v1'}));
		await remove('v3');
		const {PolicyVersion} = await open.iam.send(new GetPolicyVersionCommand({PolicyArn, VersionId: 'v1'}));
		expect(decodeURIComponent(PolicyVersion?.Document ?? '')).toBe(policyOf([allow('s3:*')]));
		expect(await errorOf(open.iam.send(new DeletePolicyCommand({PolicyArn})))).toMatchObject({
			code: 'DeleteConflict',
		});
	});

	it('is attached to roles, which cannot be deleted then', async () => {
		const PolicyArn = await createPolicy(allow('s3:*'));
		const RoleName = await createRole();
		await open.iam.send(new AttachRolePolicyCommand({RoleName, PolicyArn}));
		await open.iam.send(new AttachRolePolicyCommand({RoleName, PolicyArn}));
		const {AttachedPolicies} = await open.iam.send(new ListAttachedRolePoliciesCommand({RoleName}));
		expect(AttachedPolicies).toEqual([{PolicyArn, PolicyName: PolicyArn.split('/')[1]}]);
		expect(await errorOf(open.iam.send(new DeleteRoleCommand({RoleName})))).toMatchObject({
			code: 'DeleteConflict',
			message: 'Cannot delete entity, must detach all policies first.',
			status: 409,
		});
		expect(await errorOf(open.iam.send(new DeletePolicyCommand({PolicyArn})))).toMatchObject({
			code: 'DeleteConflict',
		});
		const {Policies} = await open.iam.send(new ListPoliciesCommand({Scope: 'Local', OnlyAttached: true}));
		expect(Policies?.map(({Arn}) => Arn)).toContain(PolicyArn);
		await open.iam.send(new DetachRolePolicyCommand({RoleName, PolicyArn}));
		await open.iam.send(new DeletePolicyCommand({PolicyArn}));
		await open.iam.send(new DeleteRoleCommand({RoleName}));
	});

	// Recorded: TestIAMIntegrations::test_role_attach_policy, test_delete_non_existent_policy_returns_no_such_entity.
	it.each([
		{arn: 'longpolicynamebutnoarn', code: 'ValidationError', message: 'Invalid ARN:  Could not be parsed!'},
		{
			arn: 'arn:aws:iam::111122223333:policy/none',
			code: 'NoSuchEntity',
			message: 'Policy arn:aws:iam::111122223333:policy/none does not exist or is not attachable.',
		},
	])('is not $arn: $code', async ({arn: PolicyArn, code, message}) => {
		const RoleName = await createRole();
		const attached = open.iam.send(new AttachRolePolicyCommand({RoleName, PolicyArn}));
		expect(await errorOf(attached)).toMatchObject({code, message});
	});

	// Documented: S3 User Guide, setting-repl-config-perm-overview.
	it('lets S3 replicate where it is attached to the role instead of an inline one', async () => {
		const pair = await setUpPair(open, {
			missing: ['s3:ReplicateObject'],
		});
		const PolicyArn = await createPolicy(allow('s3:ReplicateObject'));
		await open.iam.send(new AttachRolePolicyCommand({RoleName: pair.roleName, PolicyArn}));
		const versionId = await put(open.source, pair.source, 'k');
		expect(await finalStatusOf(open.source, pair.source, 'k', versionId)).toBe('COMPLETED');
	});
});

describe('a user', () => {
	it('has keys and policies, and goes when it has none of them any more', async () => {
		const UserName = open.name('user');
		const {User} = await open.iam.send(new CreateUserCommand({UserName, Path: '/team/'}));
		expect(User?.Arn).toBe(`arn:aws:iam::111122223333:user/team/${UserName}`);
		expect(await errorOf(open.iam.send(new CreateUserCommand({UserName})))).toMatchObject({
			code: 'EntityAlreadyExists',
			message: `User with name ${UserName} already exists.`,
		});
		const {AccessKey} = await open.iam.send(new CreateAccessKeyCommand({UserName}));
		const key = {
			accessKeyId: AccessKey?.AccessKeyId ?? '',
			secretAccessKey: AccessKey?.SecretAccessKey ?? '',
		};
		const s3 = open.s3(key, 'us-east-1');
		const head = () => s3.send(new HeadBucketCommand({Bucket: bucket}));
		expect(await errorOf(head())).toMatchObject({status: 403});
		await open.iam.send(
			new PutUserPolicyCommand({
				UserName,
				PolicyName: 'p',
				PolicyDocument: policyOf([allow(['s3:ListBucket', 'iam:GetUser'])]),
			}),
		);
		await head();
		const own = await open.iamOf(key).send(new GetUserCommand({}));
		expect(own.User).toMatchObject({UserName, Arn: User?.Arn});
		const {PolicyNames} = await open.iam.send(new ListUserPoliciesCommand({UserName}));
		expect(PolicyNames).toEqual(['p']);
		const {PolicyDocument} = await open.iam.send(new GetUserPolicyCommand({UserName, PolicyName: 'p'}));
		expect(decodeURIComponent(PolicyDocument ?? '')).toContain('s3:ListBucket');
		const remove = () => open.iam.send(new DeleteUserCommand({UserName}));
		expect(await errorOf(remove())).toMatchObject({code: 'DeleteConflict', status: 409});
		const {AccessKeyMetadata} = await open.iam.send(new ListAccessKeysCommand({UserName}));
		expect(AccessKeyMetadata).toMatchObject([{AccessKeyId: key.accessKeyId, Status: 'Active'}]);
		await open.iam.send(new DeleteAccessKeyCommand({UserName, AccessKeyId: key.accessKeyId}));
		await open.iam.send(new DeleteUserPolicyCommand({UserName, PolicyName: 'p'}));
		await remove();
		expect(await errorOf(head())).toMatchObject({status: 403});
		expect(await errorOf(open.iam.send(new GetUserCommand({UserName})))).toMatchObject({
			code: 'NoSuchEntity',
			message: `The user with name ${UserName} cannot be found.`,
			status: 404,
		});
	});

	// Documented: IAM User Guide, access_policies_managed-vs-inline.
	it('can be given a policy of AWS', async () => {
		const UserName = open.name('user');
		await open.iam.send(new CreateUserCommand({UserName}));
		await open.iam.send(
			new AttachUserPolicyCommand({
				UserName,
				PolicyArn: 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess',
			}),
		);
		const {AccessKey} = await open.iam.send(new CreateAccessKeyCommand({UserName}));
		const s3 = open.s3(
			{accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? ''},
			'us-east-1',
		);
		await s3.send(new HeadBucketCommand({Bucket: bucket}));
		const write = s3.send(new PutObjectCommand({Bucket: bucket, Key: 'denied', Body: ''}));
		expect(await errorOf(write)).toMatchObject({code: 'AccessDenied'});
	});

	it('may open sessions of its own, which end', async () => {
		const {Credentials} = await open.sts('source').send(new GetSessionTokenCommand({DurationSeconds: 900}));
		const session = {
			accessKeyId: Credentials?.AccessKeyId ?? '',
			secretAccessKey: Credentials?.SecretAccessKey ?? '',
			sessionToken: Credentials?.SessionToken,
		};
		const {Arn} = await open.sts(session).send(new GetCallerIdentityCommand({}));
		expect(Arn).toBe('arn:aws:iam::111122223333:user/admin');
		await open.s3(session, 'us-east-1').send(new HeadBucketCommand({Bucket: bucket}));
		const short = open.sts('source').send(new GetSessionTokenCommand({DurationSeconds: 1}));
		expect(await errorOf(short)).toMatchObject({code: 'ValidationError'});
	});
});

describe('a permissions boundary', () => {
	// IAM User Guide, access_policies_boundaries; words: troubleshoot_access-denied.
	it('caps what a user may do', async () => {
		const PolicyArn = await createPolicy(allow('s3:GetObject'));
		const userName = open.name('bounded');
		const s3 = open.s3(open.sandbox.addUser({accountId: '111122223333', userName}), 'us-east-1');
		await open.iam.send(
			new PutUserPermissionsBoundaryCommand({UserName: userName, PermissionsBoundary: PolicyArn}),
		);
		await s3.send(new GetObjectCommand({Bucket: bucket, Key: 'k'}));
		const error = await errorOf(s3.send(new PutObjectCommand({Bucket: bucket, Key: 'k', Body: ''})));
		expect(error.message).toMatch(/ because no permissions boundary allows the s3:PutObject action$/);
	});

	// Documented: S3 User Guide, replication-troubleshoot.
	it('caps the role that S3 assumes, until it is taken away', async () => {
		const pair = await setUpPair(open);
		const PermissionsBoundary = await createPolicy(allow('s3:Get*'));
		await open.iam.send(
			new PutRolePermissionsBoundaryCommand({RoleName: pair.roleName, PermissionsBoundary}),
		);
		const {Role} = await open.iam.send(new GetRoleCommand({RoleName: pair.roleName}));
		expect(Role?.PermissionsBoundary?.PermissionsBoundaryArn).toBe(PermissionsBoundary);
		const capped = await put(open.source, pair.source, 'k');
		expect(await finalStatusOf(open.source, pair.source, 'k', capped)).toBe('FAILED');
		expect(open.sandbox.replications.find(({versionId}) => versionId === capped)?.failureReason).toBe(
			'DstPutObjectNotPermitted',
		);
		await open.iam.send(new DeleteRolePermissionsBoundaryCommand({RoleName: pair.roleName}));
		const free = await put(open.source, pair.source, 'k');
		expect(await finalStatusOf(open.source, pair.source, 'k', free)).toBe('COMPLETED');
	});

	// Documented: IAM API reference, PutUserPermissionsBoundary; words: recorded for AttachRolePolicy.
	it('must exist', async () => {
		const create = new CreateRoleCommand({
			RoleName: open.name('role'),
			AssumeRolePolicyDocument: trustOfS3,
			PermissionsBoundary: 'arn:aws:iam::111122223333:policy/none',
		});
		expect(await errorOf(open.iam.send(create))).toMatchObject({code: 'NoSuchEntity', status: 404});
	});
});

// Documented: STS API reference, AssumeRole; IAM User Guide, troubleshoot_access-denied.
it('a session policy caps the session, and says so', async () => {
	const RoleName = open.name('session');
	const {Role} = await open.iam.send(
		new CreateRoleCommand({
			RoleName,
			AssumeRolePolicyDocument: JSON.stringify({
				Version: '2012-10-17',
				Statement: [{Effect: 'Allow', Principal: {AWS: '111122223333'}, Action: 'sts:AssumeRole'}],
			}),
		}),
	);
	await open.iam.send(
		new AttachRolePolicyCommand({RoleName, PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess'}),
	);
	const {Credentials} = await open.sts('source').send(
		new AssumeRoleCommand({
			RoleArn: Role?.Arn,
			RoleSessionName: 'narrow',
			Policy: policyOf([allow('s3:GetObject')]),
		}),
	);
	const s3 = open.s3(
		{
			accessKeyId: Credentials?.AccessKeyId ?? '',
			secretAccessKey: Credentials?.SecretAccessKey ?? '',
			sessionToken: Credentials?.SessionToken,
		},
		'us-east-1',
	);
	await s3.send(new GetObjectCommand({Bucket: bucket, Key: 'k'}));
	const error = await errorOf(s3.send(new HeadBucketCommand({Bucket: bucket})));
	expect(error.status).toBe(403);
	const list = await errorOf(s3.send(new ListObjectsV2Command({Bucket: bucket})));
	expect(list.message).toMatch(/ because no session policy allows the s3:ListBucket action$/);
});

describe('conditions', () => {
	const get = () => new GetObjectCommand({Bucket: bucket, Key: 'k'});
	const list = (input: object) => new ListObjectsV2Command({Bucket: bucket, ...input});
	const write = (input: object) => new PutObjectCommand({Bucket: bucket, Key: 'c', Body: '', ...input});
	type Command = ReturnType<typeof get>;
	const at = (years: number) => `${new Date().getUTCFullYear() + years}-01-01T00:00:00Z`;

	// Keys: Service Authorization Reference, Amazon S3; IAM User Guide, reference_policies_condition-keys.
	it.each([
		{condition: {IpAddress: {'aws:SourceIp': '127.0.0.0/8'}}, good: get()},
		{condition: {IpAddress: {'aws:SourceIp': '10.0.0.0/8'}}, bad: get()},
		{condition: {Bool: {'aws:SecureTransport': 'true'}}, good: get()},
		{condition: {Bool: {'aws:SecureTransport': 'false'}}, bad: get()},
		{condition: {ArnLike: {'aws:PrincipalArn': 'arn:aws:iam::*:user/condition*'}}, good: get()},
		{condition: {DateLessThan: {'aws:CurrentTime': at(1)}}, good: get()},
		{condition: {DateLessThan: {'aws:CurrentTime': at(-1)}}, bad: get()},
		{condition: {NumericGreaterThan: {'aws:EpochTime': '1'}}, good: get()},
		{condition: {StringEquals: {'aws:RequestedRegion': 'us-east-1'}}, good: get()},
		{condition: {StringEquals: {'s3:ResourceAccount': '111122223333'}}, good: get()},
		{condition: {StringEquals: {'aws:ResourceAccount': '444455556666'}}, bad: get()},
		{condition: {StringEquals: {'s3:ExistingObjectTag/team': 'a'}}, good: get()},
		{condition: {StringEquals: {'s3:ExistingObjectTag/team': 'b'}}, bad: get()},
		{condition: {StringEquals: {'s3:prefix': 'a/'}}, good: list({Prefix: 'a/'}), bad: list({})},
		{condition: {StringEquals: {'s3:delimiter': '/'}}, good: list({Delimiter: '/'}), bad: list({})},
		{
			condition: {NumericLessThanEquals: {'s3:max-keys': '10'}},
			good: list({MaxKeys: 10}),
			bad: list({MaxKeys: 11}),
		},
		{
			condition: {StringEquals: {'s3:x-amz-acl': 'bucket-owner-full-control'}},
			good: write({ACL: 'bucket-owner-full-control'}),
			bad: write({}),
		},
		{
			condition: {StringEquals: {'s3:RequestObjectTag/team': 'a'}},
			good: write({Tagging: 'team=a'}),
			bad: write({Tagging: 'team=b'}),
		},
		{
			condition: {'ForAllValues:StringEquals': {'s3:RequestObjectTagKeys': ['team']}},
			good: write({Tagging: 'team=a'}),
			bad: write({Tagging: 'team=a&x=y'}),
		},
		{
			condition: {StringEquals: {'s3:x-amz-storage-class': 'STANDARD_IA'}},
			good: write({StorageClass: 'STANDARD_IA'}),
			bad: write({}),
		},
		{
			condition: {StringEquals: {'s3:VersionId': 'null'}},
			bad: new DeleteObjectCommand({Bucket: 'replaced', Key: 'k', VersionId: 'v'.repeat(32)}),
		},
	] as {condition: object; good?: Command; bad?: Command}[])(
		'$condition are decided by the request',
		async ({condition, good, bad}) => {
			const s3 = open.s3(
				open.sandbox.addUser({
					accountId: '111122223333',
					userName: open.name('condition'),
					policy: {Version: '2012-10-17', Statement: [allow('s3:*', {Condition: condition})]},
				}),
				'us-east-1',
			);
			const send = async (command: Command) =>
				s3.send(Object.assign(command, {input: {...command.input, Bucket: bucket}})).then(
					() => 'allowed',
					(error: Error) => error.name,
				);
			const answers = await Promise.all([good, bad].map(async (command) => command && send(command)));
			expect(answers).toEqual([good && 'allowed', bad && 'AccessDenied']);
		},
	);
});

describe('tags and descriptions of a role', () => {
	// Documented: IAM API reference, TagRole, UntagRole, UpdateRole.
	it('can be changed', async () => {
		const RoleName = await createRole();
		await open.iam.send(
			new TagRoleCommand({
				RoleName,
				Tags: [
					{Key: 'a', Value: '1'},
					{Key: 'b', Value: '2'},
				],
			}),
		);
		await open.iam.send(new TagRoleCommand({RoleName, Tags: [{Key: 'A', Value: '3'}]}));
		await open.iam.send(new UntagRoleCommand({RoleName, TagKeys: ['b', 'none']}));
		const {Tags} = await open.iam.send(new ListRoleTagsCommand({RoleName}));
		expect(Tags).toEqual([{Key: 'A', Value: '3'}]);
		await open.iam.send(new UpdateRoleCommand({RoleName, Description: 'new', MaxSessionDuration: 7200}));
		const {Role} = await open.iam.send(new GetRoleCommand({RoleName}));
		expect(Role).toMatchObject({Description: 'new', MaxSessionDuration: 7200});
	});
});

describe('SimulatePrincipalPolicy', () => {
	// Recorded: TestIAMIntegrations::test_simulate_principle_policy.
	it('says of each action and resource whether it is allowed', async () => {
		const userName = open.name('simulated');
		open.sandbox.addUser({
			accountId: '111122223333',
			userName,
			policy: {
				Version: '2012-10-17',
				Statement: [
					{Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn:aws:s3:::bucket'},
					{Effect: 'Deny', Action: 's3:DeleteObject', Resource: '*'},
					{
						Effect: 'Allow',
						Action: 'iam:PassRole',
						Resource: '*',
						Condition: {StringEquals: {'iam:PassedToService': 's3.amazonaws.com'}},
					},
				],
			},
		});
		const simulate = (more: object) =>
			open.iam.send(
				new SimulatePrincipalPolicyCommand({
					PolicySourceArn: `arn:aws:iam::111122223333:user/${userName}`,
					ActionNames: ['s3:PutObject', 's3:GetObjectVersion', 's3:DeleteObject', 'iam:PassRole'],
					ResourceArns: ['arn:aws:s3:::bucket'],
					...more,
				}),
			);
		const {EvaluationResults} = await simulate({
			ContextEntries: [
				{
					ContextKeyName: 'iam:PassedToService',
					ContextKeyType: 'string',
					ContextKeyValues: ['s3.amazonaws.com'],
				},
			],
		});
		expect(
			EvaluationResults?.map(({EvalActionName, EvalDecision}) => [EvalActionName, EvalDecision]),
		).toEqual([
			['s3:PutObject', 'allowed'],
			['s3:GetObjectVersion', 'implicitDeny'],
			['s3:DeleteObject', 'explicitDeny'],
			['iam:PassRole', 'allowed'],
		]);
		expect(EvaluationResults?.[0]).toMatchObject({
			EvalResourceName: 'arn:aws:s3:::bucket',
			MatchedStatements: [{SourcePolicyType: 'IAM Policy'}],
			MissingContextValues: [],
			ResourceSpecificResults: [{EvalResourceDecision: 'allowed', EvalResourceName: 'arn:aws:s3:::bucket'}],
		});
		const without = await simulate({ActionNames: ['iam:PassRole']});
		expect(without.EvaluationResults?.[0]?.EvalDecision).toBe('implicitDeny');
		const nobody = simulate({PolicySourceArn: 'arn:aws:iam::111122223333:user/nobody'});
		expect(await errorOf(nobody)).toMatchObject({code: 'NoSuchEntity', status: 404});
	});
});

// Documented: IAM User Guide, "Delegating responsibility to others using permissions boundaries".
it('who may make and fill roles with a boundary only is refused without it', async () => {
	const PermissionsBoundary = 'arn:aws:iam::aws:policy/AmazonS3FullAccess';
	const keys = open.sandbox.addUser({
		accountId: '111122223333',
		userName: open.name('delegate'),
		policy: {
			Version: '2012-10-17',
			Statement: [
				{
					Effect: 'Allow',
					Action: ['iam:CreateRole', 'iam:AttachRolePolicy'],
					Resource: '*',
					Condition: {StringEquals: {'iam:PermissionsBoundary': PermissionsBoundary}},
				},
			],
		},
	});
	const delegate = open.iamOf(keys);
	const [RoleName, unbounded] = [open.name('bounded'), open.name('unbounded')];
	const create = {AssumeRolePolicyDocument: trustOfS3};
	const attach = {PolicyArn: PermissionsBoundary};

	expect(await errorOf(delegate.send(new CreateRoleCommand({...create, RoleName: unbounded})))).toMatchObject(
		{code: 'AccessDenied'},
	);
	await delegate.send(new CreateRoleCommand({...create, RoleName, PermissionsBoundary}));
	await delegate.send(new AttachRolePolicyCommand({...attach, RoleName}));
	await open.iam.send(new CreateRoleCommand({...create, RoleName: unbounded}));
	expect(
		await errorOf(delegate.send(new AttachRolePolicyCommand({...attach, RoleName: unbounded}))),
	).toMatchObject({code: 'AccessDenied'});
});
