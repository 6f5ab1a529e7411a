import {
	CreateBucketCommand,
	DeleteBucketCommand,
	GetObjectCommand,
	HeadBucketCommand,
	PutObjectCommand,
} from '@aws-sdk/client-s3';
import {AttachRolePolicyCommand, CreatePolicyCommand, CreateRoleCommand} from '@aws-sdk/client-iam';
import {AssumeRoleCommand, type AssumeRoleCommandInput, GetAccessKeyInfoCommand} from '@aws-sdk/client-sts';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {type Credentials, errorOf, openSandbox, type OpenSandbox} from './support/open-sandbox.js';
import {policyOf, put, type Statement} from './support/replicated-pair.js';

let open: OpenSandbox;
let bucket: string;
beforeAll(async () => {
	open = await openSandbox();
	bucket = open.name('sessions');
	await open.source.send(new CreateBucketCommand({Bucket: bucket}));
	await put(open.source, bucket, 'k');
});
afterAll(() => open.close());

const account = '111122223333';
const administrator = 'arn:aws:iam::aws:policy/AdministratorAccess';
const trustFor = (...Action: string[]): Statement => ({
	Effect: 'Allow',
	Principal: {AWS: account},
	Action: ['sts:AssumeRole', ...Action],
});
const roleWith = async (trust: Statement, policyArn = administrator): Promise<string> => {
	const RoleName = open.name('role');
	const {Role} = await open.iam.send(
		new CreateRoleCommand({RoleName, AssumeRolePolicyDocument: policyOf([trust])}),
	);
	await open.iam.send(new AttachRolePolicyCommand({RoleName, PolicyArn: policyArn}));
	return Role?.Arn ?? '';
};
const managed = async (...statements: Statement[]): Promise<string> => {
	const {Policy} = await open.iam.send(
		new CreatePolicyCommand({PolicyName: open.name('policy'), PolicyDocument: policyOf(statements)}),
	);
	return Policy?.Arn ?? '';
};
const assume = async (
	RoleArn: string,
	input: Partial<AssumeRoleCommandInput> = {},
	who: 'source' | Credentials = 'source',
): Promise<Credentials> => {
	const {Credentials: given} = await open
		.sts(who)
		.send(new AssumeRoleCommand({RoleArn, RoleSessionName: 'me', ...input}));
	return {
		accessKeyId: given?.AccessKeyId ?? '',
		secretAccessKey: given?.SecretAccessKey ?? '',
		sessionToken: given?.SessionToken ?? '',
	};
};
const asProject = (project: string) => ({Tags: [{Key: 'project', Value: project}]});

describe('policies of a session', () => {
	it('allow what any of them allows, and the role besides (STS API reference, AssumeRole)', async () => {
		const read = await managed({Effect: 'Allow', Action: 's3:GetObject', Resource: '*'});
		const session = await assume(await roleWith(trustFor()), {
			PolicyArns: [{arn: read}],
			Policy: policyOf([{Effect: 'Allow', Action: 's3:ListBucket', Resource: '*'}]),
		});
		const s3 = open.s3(session, 'us-east-1');
		await s3.send(new GetObjectCommand({Bucket: bucket, Key: 'k'}));
		await s3.send(new HeadBucketCommand({Bucket: bucket}));
		const error = await errorOf(s3.send(new DeleteBucketCommand({Bucket: bucket})));
		expect(error.message).toMatch(/ because no session policy allows the s3:DeleteBucket action$/);
	});

	it.each<{what: string; input: Partial<AssumeRoleCommandInput>; code: string; status: number}>([
		{
			what: 'do not exist (the code: guessed)',
			input: {PolicyArns: [{arn: `arn:aws:iam::${account}:policy/none`}]},
			code: 'ValidationError',
			status: 400,
		},
		{
			what: 'are too long (STS API reference, AssumeRole)',
			input: {Policy: policyOf([{Effect: 'Allow', Action: 'x'.repeat(2048), Resource: '*'}])},
			code: 'PackedPolicyTooLarge',
			status: 400,
		},
		{
			what: 'are none (STS API reference, AssumeRole)',
			input: {Policy: '{}'},
			code: 'MalformedPolicyDocument',
			status: 400,
		},
	])('are refused where they $what', async ({input, code, status}) => {
		const error = await errorOf(assume(await roleWith(trustFor()), input));
		expect(error).toMatchObject({code, status});
	});
});

describe('tags of a session (IAM User Guide, id_session-tags)', () => {
	const project = {StringEquals: {'aws:PrincipalTag/project': 'alpha'}};

	it('are what aws:PrincipalTag is about', async () => {
		const policy = await managed({
			Effect: 'Allow',
			Action: 's3:PutObject',
			Resource: '*',
			Condition: project,
		});
		const role = await roleWith(trustFor('sts:TagSession'), policy);
		const write = async (name: string) =>
			open
				.s3(await assume(role, asProject(name)), 'us-east-1')
				.send(new PutObjectCommand({Bucket: bucket, Key: name, Body: 'x'}));
		await write('alpha');
		expect(await errorOf(write('beta'))).toMatchObject({code: 'AccessDenied'});
	});

	it('take sts:TagSession in the trust policy', async () => {
		const error = await errorOf(assume(await roleWith(trustFor()), asProject('alpha')));
		expect(error).toMatchObject({code: 'AccessDenied', status: 403});
		expect(error.message).toContain('is not authorized to perform: sts:TagSession');
	});

	it('may be asked for by the trust policy', async () => {
		const role = await roleWith({
			...trustFor('sts:TagSession'),
			Condition: {StringEquals: {'aws:RequestTag/project': 'alpha'}},
		});
		await assume(role, asProject('alpha'));
		expect(await errorOf(assume(role, asProject('beta')))).toMatchObject({code: 'AccessDenied'});
	});

	it.each<{scenario: string; input: Partial<AssumeRoleCommandInput>; message: string}>([
		{
			scenario: 'invalid-transitive-tag-keys',
			input: {...asProject('alpha'), TransitiveTagKeys: ['other']},
			message: 'The specified transitive tag key must be included in the requested tags.',
		},
		{
			scenario: 'duplicate-tag-keys-different-casing',
			input: {
				Tags: [
					{Key: 'project', Value: 'a'},
					{Key: 'Project', Value: 'b'},
				],
			},
			message: 'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
		},
	])(
		'are refused (recorded: TestSTSAssumeRoleTagging::test_assume_role_tag_validation, $scenario)',
		async ({input, message}) => {
			const error = await errorOf(assume(await roleWith(trustFor('sts:TagSession')), input));
			expect(error).toMatchObject({code: 'InvalidParameterValue', status: 400, message});
		},
	);

	it('are handed on where they are transitive, and then not replaced (recorded: test_iam_role_chaining_override_transitive_tags)', async () => {
		const first = await roleWith(trustFor('sts:TagSession'));
		const session = await assume(first, {...asProject('alpha'), TransitiveTagKeys: ['project']});
		const policy = await managed({
			Effect: 'Allow',
			Action: 's3:GetObject',
			Resource: '*',
			Condition: project,
		});
		const second = await roleWith(trustFor('sts:TagSession'), policy);
		const chained = await assume(second, {}, session);
		await open.s3(chained, 'us-east-1').send(new GetObjectCommand({Bucket: bucket, Key: 'k'}));
		const replaced = assume(second, {Tags: [{Key: 'PROJECT', Value: 'beta'}]}, session);
		expect(await errorOf(replaced)).toMatchObject({
			code: 'InvalidParameterValue',
			status: 400,
			message:
				"One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
		});
	});
});

it.each<{what: string; input: Partial<AssumeRoleCommandInput>}>([
	{what: 'the source identity of AssumeRole', input: {SourceIdentity: 'somebody'}},
	{what: 'the trusted contexts of AssumeRole', input: {ProvidedContexts: [{ContextAssertion: 'abcd'}]}},
])('refuses $what by its name', async ({what, input}) => {
	expect(await errorOf(assume(await roleWith(trustFor()), input))).toMatchObject({
		code: 'NotImplemented',
		status: 501,
		message: `The sandbox does not implement ${what}.`,
	});
});

it('the policy of a session caps which roles it may assume (IAM User Guide, access_policies, session policies)', async () => {
	const role = await roleWith(trustFor());
	const s3Only = await managed({Effect: 'Allow', Action: 's3:*', Resource: '*'});
	const other = await roleWith(trustFor());
	const session = await assume(other, {PolicyArns: [{arn: s3Only}]});
	expect(await errorOf(assume(role, {}, session))).toMatchObject({code: 'AccessDenied', status: 403});
});

it('GetAccessKeyInfo says whose account a key is of (STS API reference, GetAccessKeyInfo)', async () => {
	const {accessKeyId} = open.sandbox.addUser({accountId: '999900001111', userName: 'third'});
	const info = await open.sts('source').send(new GetAccessKeyInfoCommand({AccessKeyId: accessKeyId}));
	expect(info.Account).toBe('999900001111');
});
