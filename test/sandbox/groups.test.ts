import {
	AddUserToGroupCommand,
	AttachGroupPolicyCommand,
	CreateAccessKeyCommand,
	CreateGroupCommand,
	CreatePolicyCommand,
	CreateUserCommand,
	DeleteGroupCommand,
	DeleteGroupPolicyCommand,
	DeletePolicyCommand,
	DeleteUserCommand,
	DetachGroupPolicyCommand,
	GetAccountSummaryCommand,
	GetGroupCommand,
	GetGroupPolicyCommand,
	ListAttachedGroupPoliciesCommand,
	ListEntitiesForPolicyCommand,
	ListGroupPoliciesCommand,
	ListGroupsCommand,
	ListGroupsForUserCommand,
	PutGroupPolicyCommand,
	PutUserPolicyCommand,
	RemoveUserFromGroupCommand,
	SimulatePrincipalPolicyCommand,
	UpdateGroupCommand,
} from '@aws-sdk/client-iam';
import {
	CreateBucketCommand,
	HeadBucketCommand,
	ListBucketsCommand,
	PutObjectCommand,
} from '@aws-sdk/client-s3';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {errorOf, openSandbox, type OpenSandbox, sourceAccountId} from './support/open-sandbox.js';
import {policyOf} from './support/replicated-pair.js';

let open: OpenSandbox;
beforeAll(async () => {
	open = await openSandbox();
});
afterAll(async () => open.close());

const allow = (action: string, resource = '*') =>
	policyOf([{Effect: 'Allow', Action: action, Resource: resource}]);

/** A group with a user in it. */
async function makeGroup(): Promise<{readonly GroupName: string; readonly UserName: string}> {
	const GroupName = open.name('Group');
	const UserName = open.name('user');
	await open.iam.send(new CreateGroupCommand({GroupName}));
	await open.iam.send(new CreateUserCommand({UserName}));
	await open.iam.send(new AddUserToGroupCommand({GroupName, UserName}));
	return {GroupName, UserName};
}

async function keyOf(UserName: string) {
	const {AccessKey} = await open.iam.send(new CreateAccessKeyCommand({UserName}));
	return {accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? ''};
}

async function managedPolicy(action: string): Promise<string> {
	const {Policy} = await open.iam.send(
		new CreatePolicyCommand({PolicyName: open.name('policy'), PolicyDocument: allow(action)}),
	);
	return Policy?.Arn ?? '';
}

// Documented: IAM API reference, CreateGroup, GetGroup, UpdateGroup, ListGroups.
describe('groups', () => {
	it('are made, shown with who is in them, and listed by path', async () => {
		const GroupName = open.name('Staff');
		const made = await open.iam.send(new CreateGroupCommand({GroupName, Path: '/teams/'}));
		expect(made.Group).toMatchObject({
			GroupName,
			Path: '/teams/',
			Arn: `arn:aws:iam::${sourceAccountId}:group/teams/${GroupName}`,
			GroupId: expect.stringMatching(/^AGPA[A-Z2-7]{16}$/) as string,
		});
		const UserName = open.name('user');
		await open.iam.send(new CreateUserCommand({UserName}));
		await open.iam.send(new AddUserToGroupCommand({GroupName, UserName}));
		await open.iam.send(new AddUserToGroupCommand({GroupName: GroupName.toUpperCase(), UserName}));
		const shown = await open.iam.send(new GetGroupCommand({GroupName: GroupName.toLowerCase()}));
		expect(shown.Group).toEqual(made.Group);
		expect(shown.Users?.map((user) => user.UserName)).toEqual([UserName]);
		expect(shown.IsTruncated).toBe(false);
		const listed = await open.iam.send(new ListGroupsCommand({PathPrefix: '/teams/'}));
		expect(listed.Groups?.map((group) => group.GroupName)).toEqual([GroupName]);
		const ofUser = await open.iam.send(new ListGroupsForUserCommand({UserName}));
		expect(ofUser.Groups).toEqual([made.Group]);
	});

	it('are renamed and moved, and keep who is in them and what they allow', async () => {
		const {GroupName, UserName} = await makeGroup();
		await open.iam.send(
			new PutGroupPolicyCommand({GroupName, PolicyName: 'p', PolicyDocument: allow('s3:ListAllMyBuckets')}),
		);
		const NewGroupName = open.name('Renamed');
		await open.iam.send(new UpdateGroupCommand({GroupName, NewGroupName, NewPath: '/new/'}));
		const {Group, Users} = await open.iam.send(new GetGroupCommand({GroupName: NewGroupName}));
		expect(Group?.Arn).toBe(`arn:aws:iam::${sourceAccountId}:group/new/${NewGroupName}`);
		expect(Users).toHaveLength(1);
		expect((await errorOf(open.iam.send(new GetGroupCommand({GroupName})))).code).toBe('NoSuchEntity');
		await open.s3(await keyOf(UserName), 'us-east-1').send(new ListBucketsCommand({}));
	});

	it('are paged, as are those who are in them', async () => {
		const {GroupName} = await makeGroup();
		const UserName = open.name('zed');
		await open.iam.send(new CreateUserCommand({UserName}));
		await open.iam.send(new AddUserToGroupCommand({GroupName, UserName}));
		const first = await open.iam.send(new GetGroupCommand({GroupName, MaxItems: 1}));
		expect(first.IsTruncated).toBe(true);
		const second = await open.iam.send(new GetGroupCommand({GroupName, MaxItems: 1, Marker: first.Marker}));
		expect([first, second].map(({Users}) => Users?.length)).toEqual([1, 1]);
		expect(second.Users?.[0]?.UserName).toBe(UserName);
		const groups = await open.iam.send(new ListGroupsCommand({MaxItems: 1}));
		expect(groups).toMatchObject({IsTruncated: true, Marker: expect.any(String) as string});
	});

	it('are counted in the account', async () => {
		const countNow = async () =>
			(await open.iam.send(new GetAccountSummaryCommand({}))).SummaryMap?.['Groups'];
		const before = (await countNow()) ?? 0;
		await makeGroup();
		expect(await countNow()).toBe(before + 1);
	});
});

describe('policies of a group', () => {
	// Recorded: TestIAMPolicyEncoding::test_put_group_policy_encoding (the SDK leaves the document encoded).
	it('come back percent-encoded, are listed and deleted', async () => {
		const {GroupName} = await makeGroup();
		const PolicyName = 'put';
		const PolicyDocument = allow(
			'apigatway:PUT',
			'arn:aws:apigateway:us-east-1::/tags/arn%3Aaws%3Aapigateway',
		);
		await open.iam.send(new PutGroupPolicyCommand({GroupName, PolicyName, PolicyDocument}));
		const got = await open.iam.send(new GetGroupPolicyCommand({GroupName, PolicyName}));
		expect(got).toMatchObject({GroupName, PolicyName});
		expect(decodeURIComponent(got.PolicyDocument ?? '')).toBe(PolicyDocument);
		const list = async () => (await open.iam.send(new ListGroupPoliciesCommand({GroupName}))).PolicyNames;
		expect(await list()).toEqual([PolicyName]);
		await open.iam.send(new DeleteGroupPolicyCommand({GroupName, PolicyName}));
		expect(await list()).toEqual([]);
	});

	// Documented: IAM User Guide, id_groups, and reference_policies_evaluation-logic.
	it('count for each user in it, inline and attached, and no longer once the user is out', async () => {
		const {GroupName, UserName} = await makeGroup();
		const s3 = open.s3(await keyOf(UserName), 'us-east-1');
		const PolicyArn = await managedPolicy('s3:ListBucket');
		const Bucket = open.name('bucket');
		await open.source.send(new CreateBucketCommand({Bucket}));
		const tries = async () =>
			Promise.all(
				[new ListBucketsCommand({}), new HeadBucketCommand({Bucket})].map(async (command) =>
					s3.send(command as ListBucketsCommand).then(
						() => 'yes',
						() => 'no',
					),
				),
			);
		expect(await tries()).toEqual(['no', 'no']);
		await open.iam.send(
			new PutGroupPolicyCommand({GroupName, PolicyName: 'p', PolicyDocument: allow('s3:ListAllMyBuckets')}),
		);
		expect(await tries()).toEqual(['yes', 'no']);
		await open.iam.send(new AttachGroupPolicyCommand({GroupName, PolicyArn}));
		expect(await tries()).toEqual(['yes', 'yes']);
		await open.iam.send(new DetachGroupPolicyCommand({GroupName, PolicyArn}));
		expect(await tries()).toEqual(['yes', 'no']);
		await open.iam.send(new RemoveUserFromGroupCommand({GroupName, UserName}));
		expect(await tries()).toEqual(['no', 'no']);
	});

	it('deny what the user itself is allowed', async () => {
		const {GroupName, UserName} = await makeGroup();
		const Bucket = open.name('denied');
		await open.source.send(new CreateBucketCommand({Bucket}));
		await open.iam.send(
			new PutUserPolicyCommand({UserName, PolicyName: 'all', PolicyDocument: allow('s3:*')}),
		);
		await open.iam.send(
			new PutGroupPolicyCommand({
				GroupName,
				PolicyName: 'all',
				PolicyDocument: policyOf([{Effect: 'Deny', Action: 's3:PutObject', Resource: '*'}]),
			}),
		);
		const s3 = open.s3(await keyOf(UserName), 'us-east-1');
		const denied = await errorOf(s3.send(new PutObjectCommand({Bucket, Key: 'k', Body: 'b'})));
		expect(denied).toMatchObject({code: 'AccessDenied', status: 403});
		expect(denied.message).toContain('with an explicit deny in an identity-based policy');
	});

	it('are seen late where IAM is slow, as is who is in it', async () => {
		const slow = await openSandbox({propagationDelayMs: 3_600_000});
		const GroupName = 'g';
		const UserName = 'u';
		await slow.iam.send(new CreateGroupCommand({GroupName}));
		await slow.iam.send(new CreateUserCommand({UserName}));
		await slow.iam.send(
			new PutGroupPolicyCommand({GroupName, PolicyName: 'p', PolicyDocument: allow('s3:ListAllMyBuckets')}),
		);
		await slow.iam.send(new AddUserToGroupCommand({GroupName, UserName}));
		const {AccessKey} = await slow.iam.send(new CreateAccessKeyCommand({UserName}));
		const who = {
			accessKeyId: AccessKey?.AccessKeyId ?? '',
			secretAccessKey: AccessKey?.SecretAccessKey ?? '',
		};
		const error = await errorOf(slow.s3(who, 'us-east-1').send(new ListBucketsCommand({})));
		await slow.close();
		expect(error.code).toBe('AccessDenied');
	});

	// Recorded: TestIAMIntegrations::test_simulate_principle_policy[group].
	it('are simulated for the group, and for a user in it', async () => {
		const {GroupName, UserName} = await makeGroup();
		await open.iam.send(
			new PutGroupPolicyCommand({
				GroupName,
				PolicyName: 'put',
				PolicyDocument: allow('s3:PutObject', 'arn:aws:s3:::bucket'),
			}),
		);
		const simulate = async (PolicySourceArn: string) => {
			const {EvaluationResults} = await open.iam.send(
				new SimulatePrincipalPolicyCommand({
					PolicySourceArn,
					ActionNames: ['s3:PutObject', 's3:GetObjectVersion'],
					ResourceArns: ['arn:aws:s3:::bucket'],
				}),
			);
			return EvaluationResults?.map(({EvalDecision, MatchedStatements}) => [
				EvalDecision,
				MatchedStatements?.map(({StartPosition}) => StartPosition?.Line),
			]);
		};
		const expected = [
			['allowed', [1]],
			['implicitDeny', []],
		];
		expect(await simulate(`arn:aws:iam::${sourceAccountId}:group/${GroupName}`)).toEqual(expected);
		expect(await simulate(`arn:aws:iam::${sourceAccountId}:user/${UserName}`)).toEqual(expected);
	});

	it('are told where a policy is asked for who has it', async () => {
		const {GroupName} = await makeGroup();
		const PolicyArn = await managedPolicy('s3:ListBucket');
		await open.iam.send(new AttachGroupPolicyCommand({GroupName, PolicyArn}));
		const attached = await open.iam.send(new ListAttachedGroupPoliciesCommand({GroupName}));
		expect(attached.AttachedPolicies?.map((policy) => policy.PolicyArn)).toEqual([PolicyArn]);
		const groupsBy = async (EntityFilter?: 'Group' | 'User') => {
			const {PolicyGroups} = await open.iam.send(new ListEntitiesForPolicyCommand({PolicyArn, EntityFilter}));
			return PolicyGroups?.map((group) => group.GroupName);
		};
		expect(await groupsBy()).toEqual([GroupName]);
		expect(await groupsBy('Group')).toEqual([GroupName]);
		expect(await groupsBy('User')).toEqual([]);
		expect((await errorOf(open.iam.send(new DeletePolicyCommand({PolicyArn})))).code).toBe('DeleteConflict');
	});
});

describe('what IAM refuses of groups', () => {
	// Codes: documented. Words: third-party (moto, and what clients of AWS show) or guessed.
	it.each([
		[
			'an unknown group',
			async () => new GetGroupCommand({GroupName: 'nobody'}),
			'NoSuchEntity',
			'The group with name nobody cannot be found.',
		],
		[
			'a name that is taken in other letters',
			async () => new CreateGroupCommand({GroupName: (await makeGroup()).GroupName.toUpperCase()}),
			'EntityAlreadyExists',
			/^Group with name GROUP-\d+ already exists\.$/,
		],
		[
			'a new name that is taken',
			async () =>
				new UpdateGroupCommand({...(await makeGroup()), NewGroupName: (await makeGroup()).GroupName}),
			'EntityAlreadyExists',
			/already exists/,
		],
		[
			'an unknown user',
			async () => new AddUserToGroupCommand({...(await makeGroup()), UserName: 'nobody'}),
			'NoSuchEntity',
			'The user with name nobody cannot be found.',
		],
		[
			'to take out who is not in it',
			async () =>
				new RemoveUserFromGroupCommand({...(await makeGroup()), UserName: (await makeGroup()).UserName}),
			'NoSuchEntity',
			/^User user-\d+ not in group Group-\d+$/,
		],
		[
			'to delete a group with users',
			async () => new DeleteGroupCommand(await makeGroup()),
			'DeleteConflict',
			'Cannot delete entity, must remove users from group first.',
		],
		[
			'to delete a user of a group',
			async () => new DeleteUserCommand(await makeGroup()),
			'DeleteConflict',
			'Cannot delete entity, must remove users from group first.',
		],
		[
			'a policy that is too long',
			async () =>
				new PutGroupPolicyCommand({
					...(await makeGroup()),
					PolicyName: 'long',
					PolicyDocument: allow('s3:GetObject', `arn:aws:s3:::b/${'k'.repeat(5120)}`),
				}),
			'LimitExceeded',
			/^Maximum policy size of 5120 bytes exceeded for group Group-\d+$/,
		],
		[
			'to simulate a group that is not there',
			async () =>
				new SimulatePrincipalPolicyCommand({
					PolicySourceArn: `arn:aws:iam::${sourceAccountId}:group/no`,
					ActionNames: ['s3:GetObject'],
				}),
			'NoSuchEntity',
			/cannot be found/,
		],
	])('refuses %s', async (_what, make, code, message) => {
		const command = await make();
		const error = await errorOf(open.iam.send(command as GetGroupCommand));
		expect(error.code).toBe(code);
		expect(error.message).toEqual(
			typeof message === 'string' ? message : (expect.stringMatching(message) as string),
		);
	});

	// Documented: IAM User Guide, reference_iam-quotas.
	it('lets a user be in ten groups, and a group have ten managed policies', async () => {
		const {GroupName, UserName} = await makeGroup();
		for (let count = 1; count < 10; count += 1) {
			const other = open.name('Other');
			await open.iam.send(new CreateGroupCommand({GroupName: other}));
			await open.iam.send(new AddUserToGroupCommand({GroupName: other, UserName}));
		}
		const eleventh = open.name('Other');
		await open.iam.send(new CreateGroupCommand({GroupName: eleventh}));
		const full = await errorOf(open.iam.send(new AddUserToGroupCommand({GroupName: eleventh, UserName})));
		expect(full).toMatchObject({
			code: 'LimitExceeded',
			message: 'Cannot exceed quota for GroupsPerUser: 10',
		});
		for (let count = 0; count < 10; count += 1) {
			const PolicyArn = await managedPolicy('s3:ListBucket');
			await open.iam.send(new AttachGroupPolicyCommand({GroupName, PolicyArn}));
		}
		const PolicyArn = await managedPolicy('s3:ListBucket');
		const tooMany = await errorOf(open.iam.send(new AttachGroupPolicyCommand({GroupName, PolicyArn})));
		expect(tooMany).toMatchObject({
			code: 'LimitExceeded',
			message: 'Cannot exceed quota for PoliciesPerGroup: 10',
		});
	});
});
