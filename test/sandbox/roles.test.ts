import {
	CreateRoleCommand,
	CreateInstanceProfileCommand,
	DeleteRoleCommand,
	DeleteRolePolicyCommand,
	GetRoleCommand,
	GetRolePolicyCommand,
	ListRolePoliciesCommand,
	ListRolesCommand,
	PutRolePolicyCommand,
	UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import {ListBucketsCommand, PutBucketReplicationCommand} from '@aws-sdk/client-s3';
import {AssumeRoleCommand, GetCallerIdentityCommand} from '@aws-sdk/client-sts';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {type Credentials, errorOf, openSandbox, type OpenSandbox, ruleTo} from './support/open-sandbox.js';
import {policyOf, setUpPair, trustOfS3} from './support/replicated-pair.js';

let open: OpenSandbox;
beforeAll(async () => {
	open = await openSandbox();
});
afterAll(() => open.close());

const anyPolicy = policyOf([{Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*'}]);
const createRole = async (trust = trustOfS3, Path?: string): Promise<string> => {
	const RoleName = open.name('Role');
	await open.iam.send(new CreateRoleCommand({RoleName, Path, AssumeRolePolicyDocument: trust}));
	return RoleName;
};

describe('a role', () => {
	it('comes back as it was created (recorded: TestIAMIntegrations::test_create_describe_role)', async () => {
		const RoleName = open.name('Role');
		const created = await open.iam.send(
			new CreateRoleCommand({
				RoleName,
				Path: '/service-role/',
				Description: 'for replication',
				AssumeRolePolicyDocument: trustOfS3,
				Tags: [{Key: 'team', Value: 'a'}],
			}),
		);
		const expected = {
			RoleName,
			Path: '/service-role/',
			Arn: `arn:aws:iam::111122223333:role/service-role/${RoleName}`,
			RoleId: expect.stringMatching(/^AROA[A-Z2-7]{16}$/) as string,
			Description: 'for replication',
			Tags: [{Key: 'team', Value: 'a'}],
			AssumeRolePolicyDocument: encodeURIComponent(trustOfS3),
		};
		expect(created.Role).toMatchObject(expected);
		expect(created.Role).not.toHaveProperty('MaxSessionDuration');
		const got = await open.iam.send(new GetRoleCommand({RoleName: RoleName.toLowerCase()}));
		expect(got.Role).toMatchObject({...expected, MaxSessionDuration: 3600});
		const {Roles} = await open.iam.send(new ListRolesCommand({PathPrefix: '/service-role/'}));
		expect(Roles?.map((role) => role.RoleName)).toContain(RoleName);
	});

	it('keeps its inline policies by name, and goes only without them', async () => {
		const RoleName = await createRole();
		const PolicyName = 'inline';
		await open.iam.send(new PutRolePolicyCommand({RoleName, PolicyName, PolicyDocument: anyPolicy}));
		const got = await open.iam.send(new GetRolePolicyCommand({RoleName, PolicyName}));
		expect(decodeURIComponent(got.PolicyDocument ?? '')).toBe(anyPolicy);
		expect((await open.iam.send(new ListRolePoliciesCommand({RoleName}))).PolicyNames).toEqual([PolicyName]);
		expect(await errorOf(open.iam.send(new DeleteRoleCommand({RoleName})))).toMatchObject({
			code: 'DeleteConflict',
			message: 'Cannot delete entity, must delete policies first.',
			status: 409,
		});
		await open.iam.send(new DeleteRolePolicyCommand({RoleName, PolicyName}));
		await open.iam.send(new DeleteRoleCommand({RoleName}));
		expect(await errorOf(open.iam.send(new GetRoleCommand({RoleName})))).toMatchObject({status: 404});
	});

	type Refused = {
		readonly what: string;
		readonly source: string;
		readonly call: () => Promise<unknown>;
		readonly code: string;
		readonly message: string;
		readonly status: number;
	};
	const create = (changes: {RoleName?: string; AssumeRolePolicyDocument?: string}) =>
		open.iam.send(
			new CreateRoleCommand({RoleName: open.name('Role'), AssumeRolePolicyDocument: trustOfS3, ...changes}),
		);

	it.each<Refused>([
		{
			what: 'a name that is taken, in other letters',
			source: 'third-party: docs/aws-facts.md, 9.1 (moto)',
			call: async () => create({RoleName: (await createRole()).toUpperCase()}),
			code: 'EntityAlreadyExists',
			message: 'already exists.',
			status: 409,
		},
		{
			what: 'a name that does not exist',
			source: 'recorded: test_iam, NoSuchEntity',
			call: () => open.iam.send(new GetRoleCommand({RoleName: 'none'})),
			code: 'NoSuchEntity',
			message: 'The role with name none cannot be found.',
			status: 404,
		},
		{
			what: 'a policy that does not exist',
			source: 'third-party: moto',
			call: async () =>
				open.iam.send(new GetRolePolicyCommand({RoleName: await createRole(), PolicyName: 'none'})),
			code: 'NoSuchEntity',
			message: 'The role policy with name none cannot be found.',
			status: 404,
		},
		{
			what: 'a trust policy that is no JSON',
			source: 'recorded: TestIAMExtensions::test_create_role_with_malformed_assume_role_policy_document',
			call: () => create({AssumeRolePolicyDocument: '{'}),
			code: 'MalformedPolicyDocument',
			message: 'This policy contains invalid Json',
			status: 400,
		},
		{
			what: 'a principal that does not exist',
			source: 'documented: CreateRole; docs/aws-facts.md, 9.1',
			call: () =>
				create({
					AssumeRolePolicyDocument: policyOf([
						{
							Effect: 'Allow',
							Principal: {AWS: 'arn:aws:iam::111122223333:role/none'},
							Action: 'sts:AssumeRole',
						},
					]),
				}),
			code: 'MalformedPolicyDocument',
			message: 'Invalid principal in policy: "AWS":"arn:aws:iam::111122223333:role/none"',
			status: 400,
		},
		{
			what: 'a name that is too long',
			source: 'documented: reference_iam-quotas',
			call: () => create({RoleName: 'x'.repeat(65)}),
			code: 'ValidationError',
			message: 'Member must have length less than or equal to 64',
			status: 400,
		},
		{
			what: 'a name with a space',
			source: 'documented: reference_iam-quotas',
			call: () => create({RoleName: 'a role'}),
			code: 'ValidationError',
			message: 'Member must satisfy regular expression pattern: [\\w+=,.@-]+',
			status: 400,
		},
		{
			what: 'what the sandbox does not do',
			source: 'own',
			call: () => open.iam.send(new CreateInstanceProfileCommand({InstanceProfileName: 'x'})),
			code: 'NotImplemented',
			message: 'The sandbox does not implement CreateInstanceProfile.',
			status: 501,
		},
	])('is refused with $what: $code ($source)', async ({call, code, message, status}) => {
		const error = await errorOf(call());
		expect(error).toMatchObject({code, status});
		expect(error.message).toContain(message);
	});
});

describe('AssumeRole', () => {
	const trustOf = (principal: string) =>
		policyOf([{Effect: 'Allow', Principal: {AWS: principal}, Action: 'sts:AssumeRole'}]);

	it('gives a session with the permissions of the role (recorded: TestSTSIntegrations::test_assume_role)', async () => {
		const RoleName = await createRole(trustOf('111122223333'));
		await open.iam.send(new PutRolePolicyCommand({RoleName, PolicyName: 'p', PolicyDocument: anyPolicy}));
		const RoleArn = `arn:aws:iam::111122223333:role/${RoleName}`;
		const {Credentials: given, AssumedRoleUser} = await open
			.sts('source')
			.send(new AssumeRoleCommand({RoleArn, RoleSessionName: 'me'}));
		const arn = `arn:aws:sts::111122223333:assumed-role/${RoleName}/me`;
		expect(AssumedRoleUser?.Arn).toBe(arn);
		const session: Credentials = {
			accessKeyId: given?.AccessKeyId ?? '',
			secretAccessKey: given?.SecretAccessKey ?? '',
			sessionToken: given?.SessionToken ?? '',
		};
		expect(await open.sts(session).send(new GetCallerIdentityCommand({}))).toMatchObject({Arn: arn});
		await open.s3(session, 'us-east-1').send(new ListBucketsCommand({}));
		const error = await errorOf(open.iamOf(session).send(new GetRoleCommand({RoleName})));
		expect(error).toMatchObject({code: 'AccessDenied', status: 403});
		expect(error.message).toContain(`User: ${arn} is not authorized to perform: iam:GetRole`);
	});

	it.each([
		{what: 'a role that trusts S3 alone', trust: trustOfS3},
		{what: 'a role that trusts the other account', trust: trustOf('444455556666')},
	])('of $what is refused (documented: AssumeRole)', async ({trust}) => {
		const RoleArn = `arn:aws:iam::111122223333:role/${await createRole(trust)}`;
		const call = open.sts('source').send(new AssumeRoleCommand({RoleArn, RoleSessionName: 'me'}));
		expect(await errorOf(call)).toMatchObject({code: 'AccessDenied', status: 403});
	});

	it.each([
		{RoleArn: 'nothing-valid-in-here', message: 'nothing-valid-in-here is invalid'},
		{RoleArn: 'arn::b:::something/test-role', message: 'arn::b:::something/test-role is invalid'},
		{RoleArn: 'arn:a:a::aaaaaaaaaa:', message: 'arn:a:a::aaaaaaaaaa: is invalid'},
	])(
		'of $RoleArn is refused (recorded: TestSTSIntegrations::test_sts_invalid_parameters)',
		async ({RoleArn, message}) => {
			const call = open.sts('source').send(new AssumeRoleCommand({RoleArn, RoleSessionName: 'me'}));
			expect(await errorOf(call)).toMatchObject({code: 'ValidationError', message, status: 400});
		},
	);
});

describe('iam:PassRole', () => {
	it('is asked of who puts a replication configuration (documented: id_roles_use_passrole)', async () => {
		const {source, destination, roleArn} = await setUpPair(open);
		const withoutPassRole = open.sandbox.addUser({
			accountId: '111122223333',
			userName: open.name('user'),
			policy: {Version: '2012-10-17', Statement: [{Effect: 'Allow', Action: 's3:*', Resource: '*'}]},
		});
		const put = new PutBucketReplicationCommand({
			Bucket: source,
			ReplicationConfiguration: {Role: roleArn, Rules: [ruleTo(destination)]},
		});
		const error = await errorOf(open.s3(withoutPassRole, 'us-east-1').send(put));
		expect(error).toMatchObject({code: 'AccessDenied', status: 403});
		expect(error.message).toContain(`is not authorized to perform: iam:PassRole on resource: ${roleArn}`);
	});

	// Documented: IAM User Guide, id_roles_use_passrole.
	it('may be limited to S3 by iam:PassedToService', async () => {
		const {source, destination, roleArn} = await setUpPair(open);
		const passing = (service: string) =>
			open.s3(
				open.sandbox.addUser({
					accountId: '111122223333',
					userName: open.name('user'),
					policy: {
						Version: '2012-10-17',
						Statement: [
							{Effect: 'Allow', Action: 's3:*', Resource: '*'},
							{
								Effect: 'Allow',
								Action: 'iam:PassRole',
								Resource: roleArn,
								Condition: {StringEquals: {'iam:PassedToService': service}},
							},
						],
					},
				}),
				'us-east-1',
			);
		const put = () =>
			new PutBucketReplicationCommand({
				Bucket: source,
				ReplicationConfiguration: {Role: roleArn, Rules: [ruleTo(destination)]},
			});
		await passing('s3.amazonaws.com').send(put());
		expect(await errorOf(passing('ec2.amazonaws.com').send(put()))).toMatchObject({code: 'AccessDenied'});
	});
});

it('a trust policy is replaced as a whole (recorded: TestIAMIntegrations::test_update_assume_role_policy)', async () => {
	const RoleName = await createRole();
	const PolicyDocument = trustOfS3.replace('s3.amazonaws.com', 'ec2.amazonaws.com');
	await open.iam.send(new UpdateAssumeRolePolicyCommand({RoleName, PolicyDocument}));
	const {Role} = await open.iam.send(new GetRoleCommand({RoleName}));
	expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')).toBe(PolicyDocument);
});
