import {
	AttachRolePolicyCommand,
	CreateAccessKeyCommand,
	CreatePolicyCommand,
	CreateRoleCommand,
	CreateUserCommand,
	DeleteAccessKeyCommand,
	DeleteUserCommand,
	GetPolicyCommand,
	GetUserCommand,
	ListAccessKeysCommand,
	ListAttachedRolePoliciesCommand,
	ListEntitiesForPolicyCommand,
	ListGroupsForUserCommand,
	ListInstanceProfilesForRoleCommand,
	ListPoliciesCommand,
	ListPolicyTagsCommand,
	ListRolePoliciesCommand,
	ListRoleTagsCommand,
	ListUsersCommand,
	PutRolePermissionsBoundaryCommand,
	PutRolePolicyCommand,
	SimulatePrincipalPolicyCommand,
	TagPolicyCommand,
	TagRoleCommand,
	UntagPolicyCommand,
	UpdateAccessKeyCommand,
	UpdateRoleCommand,
} from '@aws-sdk/client-iam';
import {ListBucketsCommand} from '@aws-sdk/client-s3';
import {AssumeRoleCommand, GetCallerIdentityCommand, GetSessionTokenCommand} from '@aws-sdk/client-sts';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {statementSpans} from '../../source/sandbox/iam/statement-positions.js';
import {errorOf, openSandbox, type OpenSandbox} from './support/open-sandbox.js';
import {policyOf, trustOfS3} from './support/replicated-pair.js';

let open: OpenSandbox;
beforeAll(async () => {
	open = await openSandbox();
});
afterAll(() => open.close());

const everything = policyOf([{Effect: 'Allow', Action: 's3:*', Resource: '*'}]);
const createRole = async (input: object = {}): Promise<string> => {
	const RoleName = open.name('role');
	await open.iam.send(new CreateRoleCommand({RoleName, AssumeRolePolicyDocument: trustOfS3, ...input}));
	return RoleName;
};
const createPolicy = async (PolicyDocument = everything, input: object = {}): Promise<string> => {
	const {Policy} = await open.iam.send(
		new CreatePolicyCommand({PolicyName: open.name('policy'), PolicyDocument, ...input}),
	);
	return Policy?.Arn ?? '';
};

describe('tags', () => {
	// Codes: IAM API reference, TagRole; words: third-party (moto).
	it.each([
		{
			of: 'two keys that differ in case',
			tags: [
				{Key: 'a', Value: ''},
				{Key: 'A', Value: ''},
			],
			code: 'InvalidInput',
		},
		{of: 'a key with ?', tags: [{Key: 'a?', Value: ''}], code: 'ValidationError'},
		{of: 'a value with {', tags: [{Key: 'a', Value: '{'}], code: 'ValidationError'},
		{of: 'a key of 129', tags: [{Key: 'k'.repeat(129), Value: ''}], code: 'ValidationError'},
		{of: 'a value of 257', tags: [{Key: 'k', Value: 'v'.repeat(257)}], code: 'ValidationError'},
		{of: 'a key of AWS', tags: [{Key: 'aws:k', Value: ''}], code: 'InvalidInput'},
		{
			of: 'more than 50',
			tags: Array.from({length: 51}, (_, index) => ({Key: `k${index}`, Value: ''})),
			code: 'LimitExceeded',
		},
	])('with $of are $code, and no role is made', async ({tags: Tags, code}) => {
		expect(await errorOf(createRole({Tags}))).toMatchObject({code});
		const RoleName = await createRole();
		expect(await errorOf(open.iam.send(new TagRoleCommand({RoleName, Tags})))).toMatchObject({code});
		expect((await open.iam.send(new ListRoleTagsCommand({RoleName}))).Tags).toEqual([]);
	});

	// Documented: IAM API reference, TagPolicy.
	it('are kept with managed policies too', async () => {
		const PolicyArn = await createPolicy(everything, {Tags: [{Key: 'b', Value: '1'}]});
		await open.iam.send(new TagPolicyCommand({PolicyArn, Tags: [{Key: 'a', Value: '2'}]}));
		const tags = async () => (await open.iam.send(new ListPolicyTagsCommand({PolicyArn}))).Tags;
		expect(await tags()).toEqual([
			{Key: 'a', Value: '2'},
			{Key: 'b', Value: '1'},
		]);
		await open.iam.send(new UntagPolicyCommand({PolicyArn, TagKeys: ['B', 'none']}));
		expect(await tags()).toEqual([{Key: 'a', Value: '2'}]);
		const {Policy} = await open.iam.send(new GetPolicyCommand({PolicyArn}));
		expect(Policy?.Tags).toEqual([{Key: 'a', Value: '2'}]);
	});
});

describe('limits', () => {
	// IAM API reference: CreateRole ("MaxSessionDuration", "Path"), CreatePolicy, CreateUser.
	it.each([3599, 43_201])('of a session are not %d seconds', async (MaxSessionDuration) => {
		expect(await errorOf(createRole({MaxSessionDuration}))).toMatchObject({code: 'ValidationError'});
		const update = new UpdateRoleCommand({RoleName: await createRole(), MaxSessionDuration});
		expect(await errorOf(open.iam.send(update))).toMatchObject({code: 'ValidationError', status: 400});
	});

	// Documented: IAM API reference, CreateRole; words: third-party (moto).
	it.each(['x', '/x', 'x/', `/${'x'.repeat(511)}/`])('of paths leave out %s', async (Path) => {
		const refused = {code: 'ValidationError', status: 400};
		expect(await errorOf(createRole({Path}))).toMatchObject(refused);
		expect(await errorOf(createPolicy(everything, {Path}))).toMatchObject(refused);
		const user = open.iam.send(new CreateUserCommand({UserName: open.name('user'), Path}));
		expect(await errorOf(user)).toMatchObject(refused);
	});

	it('know user names without regard to case', async () => {
		const UserName = open.name('User');
		await open.iam.send(new CreateUserCommand({UserName}));
		const again = open.iam.send(new CreateUserCommand({UserName: UserName.toUpperCase()}));
		expect(await errorOf(again)).toMatchObject({code: 'EntityAlreadyExists', status: 409});
		const {User} = await open.iam.send(new GetUserCommand({UserName: UserName.toLowerCase()}));
		expect(User?.UserName).toBe(UserName);
	});

	// Recorded: TestSTSIntegrations::test_sts_invalid_parameters (the pattern); documented: STS API reference (the lengths).
	it.each([
		{input: {RoleSessionName: 'Session1:2'}, words: /pattern: \[\\w\+=,\.@-\]\*$/},
		{input: {RoleSessionName: 'S'}, words: /length greater than or equal to 2$/},
		{input: {RoleSessionName: 'S'.repeat(65)}, words: /length less than or equal to 64$/},
		{input: {DurationSeconds: 899}, words: /value greater than or equal to 900$/},
		{input: {DurationSeconds: 43_201}, words: /value less than or equal to 43200$/},
	])('of AssumeRole refuse $input', async ({input, words}) => {
		const RoleArn = 'arn:aws:iam::111122223333:role/any';
		const assume = new AssumeRoleCommand({RoleArn, RoleSessionName: 'session', ...input});
		const error = await errorOf(open.sts('source').send(assume));
		expect(error).toMatchObject({code: 'ValidationError', status: 400});
		expect(error.message).toMatch(words);
	});

	// Documented: STS API reference, GetSessionToken.
	it.each([899, 129_601])('of GetSessionToken refuse %d seconds', async (DurationSeconds) => {
		const call = open.sts('source').send(new GetSessionTokenCommand({DurationSeconds}));
		expect(await errorOf(call)).toMatchObject({code: 'ValidationError', status: 400});
	});
});

describe('lists', () => {
	/** Reads all pages of one item each. */
	const pagesOf = async <Page extends {IsTruncated?: boolean | undefined; Marker?: string | undefined}>(
		read: (input: {MaxItems: number; Marker?: string | undefined}) => Promise<Page>,
	): Promise<Page[]> => {
		const pages: Page[] = [await read({MaxItems: 1})];
		for (let last = pages[0]; last?.IsTruncated === true; last = pages[pages.length - 1]) {
			pages.push(await read({MaxItems: 1, Marker: last.Marker}));
		}
		return pages;
	};

	it('come in pages (IAM API reference, "Marker", "MaxItems")', async () => {
		const RoleName = await createRole({Tags: ['b', 'a', 'c'].map((Key) => ({Key, Value: ''}))});
		for (const PolicyName of ['y', 'x', 'z']) {
			await open.iam.send(new PutRolePolicyCommand({RoleName, PolicyName, PolicyDocument: everything}));
		}
		const own = await createPolicy();
		const aws = 'arn:aws:iam::aws:policy/AWSDenyAll';
		for (const PolicyArn of [own, aws]) {
			await open.iam.send(new AttachRolePolicyCommand({RoleName, PolicyArn}));
		}
		const inline = await pagesOf((page) => open.iam.send(new ListRolePoliciesCommand({RoleName, ...page})));
		expect(inline.map(({PolicyNames}) => PolicyNames)).toEqual([['x'], ['y'], ['z']]);
		const tags = await pagesOf((page) => open.iam.send(new ListRoleTagsCommand({RoleName, ...page})));
		expect(tags.map((page) => page.Tags?.map(({Key}) => Key))).toEqual([['a'], ['b'], ['c']]);
		const attached = await pagesOf((page) =>
			open.iam.send(new ListAttachedRolePoliciesCommand({RoleName, ...page})),
		);
		expect(
			attached.flatMap(({AttachedPolicies}) => AttachedPolicies?.map(({PolicyArn}) => PolicyArn)),
		).toEqual([aws, own]);
		const policies = await pagesOf((page) =>
			open.iam.send(new ListPoliciesCommand({Scope: 'Local', ...page})),
		);
		expect(policies.every((page) => page.Policies?.length === 1)).toBe(true);
		expect(policies.flatMap((page) => page.Policies?.map(({Arn}) => Arn))).toContain(own);
		const users = await pagesOf((page) => open.iam.send(new ListUsersCommand(page)));
		expect(users.flatMap((page) => page.Users?.map(({UserName}) => UserName))).toContain('admin');
	});

	// Documented: IAM API reference, ListPolicies.
	it('know no other scope of policies', async () => {
		const list = open.iam.send(new ListPoliciesCommand({Scope: 'Other' as 'All'}));
		expect(await errorOf(list)).toMatchObject({code: 'ValidationError', status: 400});
	});

	it('say who has a policy, as a policy or as a boundary', async () => {
		const PolicyArn = await createPolicy();
		const attached = await createRole();
		const bounded = await createRole();
		await open.iam.send(new AttachRolePolicyCommand({RoleName: attached, PolicyArn}));
		await open.iam.send(
			new PutRolePermissionsBoundaryCommand({RoleName: bounded, PermissionsBoundary: PolicyArn}),
		);
		const rolesOf = async (input: object): Promise<unknown> => {
			const {PolicyRoles} = await open.iam.send(new ListEntitiesForPolicyCommand({PolicyArn, ...input}));
			return PolicyRoles?.map(({RoleName}) => RoleName);
		};
		expect(await rolesOf({})).toEqual([attached, bounded]);
		expect(await rolesOf({PolicyUsageFilter: 'PermissionsBoundary'})).toEqual([bounded]);
		expect(await rolesOf({EntityFilter: 'User'})).toEqual([]);
	});

	// Documented: IAM API reference, ListGroupsForUser, ListInstanceProfilesForRole.
	it('of what the sandbox never has are empty', async () => {
		const RoleName = await createRole();
		const profiles = await open.iam.send(new ListInstanceProfilesForRoleCommand({RoleName}));
		expect(profiles.InstanceProfiles).toEqual([]);
		const {Groups} = await open.iam.send(new ListGroupsForUserCommand({UserName: 'admin'}));
		expect(Groups).toEqual([]);
	});
});

it('an access key can be turned off and on (IAM API reference, UpdateAccessKey)', async () => {
	const UserName = open.name('user');
	await open.iam.send(new CreateUserCommand({UserName}));
	const {AccessKey} = await open.iam.send(new CreateAccessKeyCommand({UserName}));
	const AccessKeyId = AccessKey?.AccessKeyId ?? '';
	const key = {accessKeyId: AccessKeyId, secretAccessKey: AccessKey?.SecretAccessKey ?? ''};
	const turn = (Status: 'Active' | 'Inactive') =>
		open.iam.send(new UpdateAccessKeyCommand({UserName, AccessKeyId, Status}));
	await turn('Inactive');
	const {AccessKeyMetadata} = await open.iam.send(new ListAccessKeysCommand({UserName}));
	expect(AccessKeyMetadata?.[0]?.Status).toBe('Inactive');
	const identity = () => open.sts(key).send(new GetCallerIdentityCommand({}));
	expect(await errorOf(identity())).toMatchObject({code: 'InvalidClientTokenId', status: 403});
	const list = open.s3(key, 'us-east-1').send(new ListBucketsCommand({}));
	expect(await errorOf(list)).toMatchObject({code: 'InvalidAccessKeyId', status: 403});
	await turn('Active');
	expect((await identity()).Arn).toBe(`arn:aws:iam::111122223333:user/${UserName}`);
	expect(await errorOf(turn('Off' as 'Active'))).toMatchObject({code: 'ValidationError'});
});

// STS API reference, GetSessionToken; the code for IAM: third-party.
it('a session of a user calls neither IAM nor GetSessionToken, and ends with the user', async () => {
	const UserName = open.name('user');
	await open.iam.send(new CreateUserCommand({UserName}));
	const {AccessKey} = await open.iam.send(new CreateAccessKeyCommand({UserName}));
	const AccessKeyId = AccessKey?.AccessKeyId ?? '';
	const key = {accessKeyId: AccessKeyId, secretAccessKey: AccessKey?.SecretAccessKey ?? ''};
	const {Credentials} = await open.sts(key).send(new GetSessionTokenCommand({}));
	const session = {
		accessKeyId: Credentials?.AccessKeyId ?? '',
		secretAccessKey: Credentials?.SecretAccessKey ?? '',
		sessionToken: Credentials?.SessionToken,
	};
	const identity = () => open.sts(session).send(new GetCallerIdentityCommand({}));
	expect((await identity()).Arn).toBe(`arn:aws:iam::111122223333:user/${UserName}`);
	const unknown = {code: 'InvalidClientTokenId', status: 403};
	expect(await errorOf(open.iamOf(session).send(new GetUserCommand({})))).toMatchObject(unknown);
	const further = open.sts(session).send(new GetSessionTokenCommand({}));
	expect(await errorOf(further)).toMatchObject({code: 'AccessDenied', status: 403});
	await open.iam.send(new DeleteAccessKeyCommand({UserName, AccessKeyId}));
	await open.iam.send(new DeleteUserCommand({UserName}));
	expect(await errorOf(identity())).toMatchObject(unknown);
});

describe('SimulatePrincipalPolicy', () => {
	const roleWith = async (...statements: Readonly<Record<string, unknown>>[]): Promise<string> => {
		const RoleName = await createRole();
		await open.iam.send(
			new PutRolePolicyCommand({RoleName, PolicyName: 'p', PolicyDocument: policyOf(statements)}),
		);
		return RoleName;
	};
	const simulate = async (RoleName: string, action: string, input: object = {}) => {
		const {EvaluationResults} = await open.iam.send(
			new SimulatePrincipalPolicyCommand({
				PolicySourceArn: `arn:aws:iam::111122223333:role/${RoleName}`,
				ActionNames: [action],
				...input,
			}),
		);
		return EvaluationResults?.[0];
	};

	it('names the condition keys that it was not given (IAM API reference, EvaluationResult)', async () => {
		const role = await roleWith(
			{
				Effect: 'Allow',
				Action: 's3:GetObject',
				Resource: '*',
				Condition: {StringEquals: {'aws:SourceVpce': 'v'}, Null: {'aws:SourceIp': 'true'}},
			},
			{
				Effect: 'Allow',
				Action: 's3:PutObject',
				Resource: '*',
				Condition: {StringEquals: {'s3:x-amz-acl': 'x'}},
			},
		);
		expect(await simulate(role, 's3:GetObject')).toMatchObject({
			EvalDecision: 'implicitDeny',
			MissingContextValues: ['aws:SourceVpce'],
		});
		expect(await simulate(role, 's3:GetObject', {ResourceArns: ['arn:aws:s3:::b/k']})).toMatchObject({
			MissingContextValues: [],
			ResourceSpecificResults: [{MissingContextValues: ['aws:SourceVpce']}],
		});
		const given = {
			ContextEntries: [{ContextKeyName: 'aws:SourceVpce', ContextKeyType: 'string', ContextKeyValues: ['v']}],
		};
		expect(await simulate(role, 's3:GetObject', given)).toMatchObject({
			EvalDecision: 'allowed',
			MissingContextValues: [],
		});
	});

	// Documented: IAM API reference, ResourceSpecificResult; the worst of them as the whole: guessed.
	it('answers for each resource, and names a statement once', async () => {
		const role = await roleWith({
			Effect: 'Allow',
			Action: 's3:PutObject',
			Resource: 'arn:aws:s3:::a/*',
		});
		const result = await simulate(role, 's3:PutObject', {
			ResourceArns: ['arn:aws:s3:::a/1', 'arn:aws:s3:::a/2', 'arn:aws:s3:::b/1'],
		});
		expect(result?.EvalDecision).toBe('implicitDeny');
		expect(result?.MatchedStatements).toHaveLength(1);
		expect(result?.ResourceSpecificResults?.map(({EvalResourceDecision}) => EvalResourceDecision)).toEqual([
			'allowed',
			'allowed',
			'implicitDeny',
		]);
	});

	it('says what the boundary allows (IAM API reference, PermissionsBoundaryDecisionDetail)', async () => {
		const RoleName = await roleWith({Effect: 'Allow', Action: 's3:*', Resource: '*'});
		const boundary = await createPolicy(policyOf([{Effect: 'Allow', Action: 's3:GetObject', Resource: '*'}]));
		await open.iam.send(new PutRolePermissionsBoundaryCommand({RoleName, PermissionsBoundary: boundary}));
		expect(await simulate(RoleName, 's3:GetObject')).toMatchObject({
			EvalDecision: 'allowed',
			PermissionsBoundaryDecisionDetail: {AllowedByPermissionsBoundary: true},
		});
		expect(await simulate(RoleName, 's3:PutObject')).toMatchObject({
			EvalDecision: 'implicitDeny',
			PermissionsBoundaryDecisionDetail: {AllowedByPermissionsBoundary: false},
		});
	});

	// Guessed: the reference names InvalidInput, nobody the words.
	it.each([
		{action: 'nope', input: {}},
		{action: 's3:Get*', input: {}},
		{action: 's3:GetObject', input: {ResourceArns: ['nope']}},
		{action: 's3:GetObject', input: {PolicyInputList: ['nope']}},
	])('takes no $action with $input', async ({action, input}) => {
		const role = await roleWith({Effect: 'Allow', Action: 's3:*', Resource: '*'});
		expect(await errorOf(simulate(role, action, input))).toMatchObject({code: 'InvalidInput', status: 400});
	});

	it('names an attached policy by its name (AWS CLI reference, simulate-principal-policy)', async () => {
		const RoleName = await createRole();
		const PolicyArn = 'arn:aws:iam::aws:policy/AWSDenyAll';
		await open.iam.send(new AttachRolePolicyCommand({RoleName, PolicyArn}));
		expect(await simulate(RoleName, 's3:GetObject')).toMatchObject({
			EvalDecision: 'explicitDeny',
			MatchedStatements: [{SourcePolicyId: 'AWSDenyAll', StartPosition: {Line: 1}}],
		});
	});

	it('shows where the statement is', async () => {
		const role = await roleWith({Effect: 'Allow', Action: 's3:GetObject', Resource: '*'});
		const result = await simulate(role, 's3:GetObject');
		expect(result?.MatchedStatements).toMatchObject([
			{
				SourcePolicyId: 'p',
				...statementSpans(policyOf([{Effect: 'Allow', Action: 's3:GetObject', Resource: '*'}]))[0],
			},
		]);
	});

	// Documented: AWS CLI reference, examples of simulate-custom-policy (first) and simulate-principal-policy (second).
	it.each([
		{
			text: '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"dynamodb:*","Resource":"*","Condition":{"DateGreaterThan":{"aws:CurrentTime":"2018-08-16T12:00:00Z"}}}}',
			spans: [{StartPosition: {Line: 1, Column: 38}, EndPosition: {Line: 1, Column: 167}}],
		},
		{
			text: [
				'{',
				'    "Version": "2012-10-17",',
				'    "Statement": [',
				'        {',
				'            "Effect": "Allow",',
				'            "Action": "codecommit:ListRepositories",',
				'            "Resource": "*",',
				'            "Condition": {}',
				'        }',
				'    ]',
				'}',
			].join('\n'),
			spans: [{StartPosition: {Line: 3, Column: 19}, EndPosition: {Line: 9, Column: 10}}],
		},
	])('counts lines and columns as AWS does in its examples: $spans', ({text, spans}) => {
		expect(statementSpans(text)).toEqual(spans);
	});
});
