import {
	CreateRoleCommand,
	CreateUserCommand,
	GetAccountSummaryCommand,
	ListAccountAliasesCommand,
	PutUserPolicyCommand,
	SimulateCustomPolicyCommand,
	type SimulateCustomPolicyCommandInput,
	SimulatePrincipalPolicyCommand,
	type SimulatePrincipalPolicyCommandInput,
	UpdateRoleDescriptionCommand,
} from '@aws-sdk/client-iam';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {errorOf, openSandbox, type OpenSandbox} from './support/open-sandbox.js';
import {policyOf, trustOfS3} from './support/replicated-pair.js';

let open: OpenSandbox;
let reader: string;
let nobody: string;
let role: string;
beforeAll(async () => {
	open = await openSandbox();
	const createUser = async (UserName: string) =>
		(await open.iam.send(new CreateUserCommand({UserName}))).User?.Arn ?? '';
	[reader, nobody] = [await createUser('reader'), await createUser('nobody')];
	await open.iam.send(
		new PutUserPolicyCommand({UserName: 'reader', PolicyName: 'p', PolicyDocument: allow('s3:GetObject')}),
	);
	const {Role} = await open.iam.send(
		new CreateRoleCommand({RoleName: 'copier', AssumeRolePolicyDocument: trustOfS3}),
	);
	role = Role?.Arn ?? '';
});
afterAll(() => open.close());

const object = 'arn:aws:s3:::bucket/key';
const allow = (Action: string, more: object = {}): string =>
	policyOf([{Effect: 'Allow', Action, Resource: '*', ...more}]);
const principal = async (input: Partial<SimulatePrincipalPolicyCommandInput>) =>
	open.iam.send(
		new SimulatePrincipalPolicyCommand({
			PolicySourceArn: reader,
			ActionNames: ['s3:GetObject'],
			ResourceArns: [object],
			...input,
		}),
	);
const custom = async (input: Partial<SimulateCustomPolicyCommandInput>) =>
	open.iam.send(
		new SimulateCustomPolicyCommand({
			PolicyInputList: [allow('s3:GetObject')],
			ActionNames: ['s3:GetObject'],
			...input,
		}),
	);
const decisionOf = async (answer: ReturnType<typeof principal>) =>
	(await answer).EvaluationResults?.[0]?.EvalDecision;
const bucketPolicy = (Principal: unknown, Effect = 'Allow', Action = 's3:*') =>
	policyOf([{Effect, Principal, Action, Resource: 'arn:aws:s3:::bucket/*'}]);

// What is simulated: IAM API reference, SimulatePrincipalPolicy and SimulateCustomPolicy.
describe('a simulation with a resource policy', () => {
	it.each<{what: string; input: () => Partial<SimulatePrincipalPolicyCommandInput>; decision: string}>([
		{
			what: 'is allowed by it alone in the same account',
			input: () => ({
				ActionNames: ['s3:PutObject'],
				ResourcePolicy: bucketPolicy({AWS: reader}),
			}),
			decision: 'allowed',
		},
		{
			what: 'is denied by it',
			input: () => ({ResourcePolicy: bucketPolicy('*', 'Deny')}),
			decision: 'explicitDeny',
		},
		{
			what: 'is about another caller who has the same policies',
			input: () => ({CallerArn: nobody, ResourcePolicy: bucketPolicy({AWS: nobody}, 'Deny')}),
			decision: 'explicitDeny',
		},
		{
			what: 'takes both sides where another account has the resource',
			input: () => ({
				ActionNames: ['s3:PutObject'],
				ResourceOwner: '444455556666',
				ResourcePolicy: bucketPolicy({AWS: reader}),
			}),
			decision: 'implicitDeny',
		},
		{
			what: 'is allowed where both sides of two accounts allow',
			input: () => ({
				ResourceOwner: 'arn:aws:iam::444455556666:root',
				ResourcePolicy: bucketPolicy({AWS: reader}),
			}),
			decision: 'allowed',
		},
	])('$what', async ({input, decision}) => {
		expect(await decisionOf(principal(input()))).toBe(decision);
	});

	// That a role needs a caller is documented; the words are guessed.
	it.each<{what: string; input: () => Partial<SimulatePrincipalPolicyCommandInput>; code: string}>([
		{
			what: 'a role without a caller',
			input: () => ({PolicySourceArn: role, ResourcePolicy: bucketPolicy('*')}),
			code: 'InvalidInput',
		},
		{what: 'a role as the caller', input: () => ({CallerArn: role}), code: 'InvalidInput'},
		{what: 'a caller that is not there', input: () => ({CallerArn: `${nobody}-2`}), code: 'NoSuchEntity'},
	])('is refused for $what', async ({input, code}) => {
		expect(await errorOf(principal(input()))).toMatchObject({code});
	});
});

// Documented: IAM API reference, SimulatePrincipalPolicy.
it('a boundary that is given caps the simulation, and says so', async () => {
	const {EvaluationResults} = await principal({
		PermissionsBoundaryPolicyInputList: [allow('s3:PutObject')],
	});
	expect(EvaluationResults).toMatchObject([
		{
			EvalDecision: 'implicitDeny',
			PermissionsBoundaryDecisionDetail: {AllowedByPermissionsBoundary: false},
		},
	]);
});

it('results come in pages (IAM API reference, "Marker", "MaxItems")', async () => {
	const ActionNames = ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'];
	const first = await principal({ActionNames, MaxItems: 2});
	const second = await principal({ActionNames, MaxItems: 2, Marker: first.Marker});
	const names = [first, second].flatMap(({EvaluationResults = []}) =>
		EvaluationResults.map(({EvalActionName}) => EvalActionName),
	);
	expect(names).toEqual(ActionNames);
	expect([first.IsTruncated, second.IsTruncated]).toEqual([true, false]);
});

describe('SimulateCustomPolicy', () => {
	it.each([
		{action: 's3:GetObject', decision: 'allowed'},
		{action: 's3:PutObject', decision: 'implicitDeny'},
	])('decides $action by the policies of the request alone: $decision', async ({action, decision}) => {
		const {EvaluationResults} = await custom({ActionNames: [action]});
		expect(EvaluationResults).toMatchObject([{EvalActionName: action, EvalDecision: decision}]);
	});

	// Documented: AWS CLI reference, simulate-custom-policy.
	it('names the statement by the policy’s place in the list', async () => {
		const {EvaluationResults} = await custom({});
		expect(EvaluationResults?.[0]?.MatchedStatements).toMatchObject([
			{SourcePolicyId: 'PolicyInputList.1', StartPosition: {Line: 1}},
		]);
	});
});

describe('what is asked about an account', () => {
	it('is counted, with its quotas (IAM User Guide, reference_iam-quotas)', async () => {
		const {SummaryMap} = await open.iam.send(new GetAccountSummaryCommand({}));
		expect(SummaryMap).toMatchObject({Users: 3, Roles: 1, Policies: 0, RolesQuota: 1000});
	});

	// The sandbox's own: nothing makes aliases.
	it('has no alias', async () => {
		expect((await open.iam.send(new ListAccountAliasesCommand({}))).AccountAliases).toEqual([]);
	});
});

it('a role is described anew (IAM API reference, UpdateRoleDescription)', async () => {
	const {Role} = await open.iam.send(
		new UpdateRoleDescriptionCommand({RoleName: 'copier', Description: 'Copies'}),
	);
	expect(Role).toMatchObject({RoleName: 'copier', Description: 'Copies'});
});
