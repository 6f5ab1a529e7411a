import {describe, expect, test} from 'vitest';
import {chooseRole} from '../../source/domain/role/choose-role.js';
import type {Observed, ObservedRole} from '../../source/domain/observed/observed.js';
import type {ReplicationRule} from '../../source/domain/rule/replication-configuration.js';
import {trustPolicy} from '../../source/domain/role/trust-policy.js';
import {rolePermissions} from '../support/duties.js';
import type {PolicyDocument} from '../../source/policy/document.js';
import {
	changesOf,
	crossAccount,
	crossRegion,
	emptyAccounts,
	everythingRight,
	operationOf,
	planOf,
	problemsOf,
} from './support/plan-values.js';

const account = '111122223333';
const right = everythingRight(crossRegion);
const ours = right.source.replication?.Rules[0] as ReplicationRule;

const present: ObservedRole = {
	arn: `arn:aws:iam::${account}:role/service-role/theirs`,
	trust: trustPolicy,
	inline: [],
	attached: [],
	unread: [],
};

const elsewhere: ReplicationRule = {
	...ours,
	ID: 'elsewhere',
	Priority: 7,
	Destination: {Bucket: 'arn:aws:s3:::elsewhere'},
};

/** Accounts whose source has these rules under the role that is there, and not the one asked for. */
function underTheirs(rules: readonly ReplicationRule[], change: Partial<Observed> = {}): Observed {
	return {
		...right,
		source: {...right.source, replication: {Role: present.arn, Rules: rules}},
		role: undefined,
		existingRole: {state: 'existing', role: present},
		...change,
	};
}

const chosen = {...crossRegion, isRoleChosen: true};

describe('the role that the rules have', () => {
	test('is kept and gets what the new rule needs, path and all', () => {
		const plan = planOf(crossRegion, underTheirs([elsewhere]));
		expect(plan.roleName).toBe('theirs');
		expect(changesOf(plan)).toMatchObject({
			'create-role': 'keep',
			'put-role-policy': 'create',
			'put-replication': 'update',
		});
		expect(operationOf(plan, 'create-role')).toMatchObject({
			target: 'theirs',
			after: {Path: '/service-role/'},
			notes: [expect.stringMatching(/^The rules of my-us-east-1 use this role already\./)],
		});
		expect(operationOf(plan, 'put-role-policy').target).toBe('theirs');
		expect(operationOf(plan, 'put-replication').after.Role).toBe(present.arn);
	});

	test('is the one that the destination’s policy names', () => {
		const theirs = everythingRight(crossAccount);
		const plan = planOf(crossAccount, {
			...theirs,
			source: {...theirs.source, replication: {Role: present.arn, Rules: [elsewhere]}},
			destination: {...theirs.destination, policy: undefined},
			existingRole: {state: 'existing', role: present},
		});
		const {Statement} = operationOf(plan, 'put-bucket-policy').after;
		expect(Statement).toMatchObject([{Principal: {AWS: present.arn}}, {Principal: {AWS: present.arn}}]);
	});

	test.each<readonly [string, NonNullable<Observed['existingRole']>, RegExp]>([
		['was deleted', {state: 'deleted'}, /does not exist/],
		['is of another account', {state: 'foreign'}, /not of account 111122223333/],
		['may not be read', {state: 'unreadable', cause: 'AccessDenied.'}, /may not be read.*AccessDenied/],
	])(
		'and %s, while other rules rely on it: a person decides, and is told both ways',
		(_what, existingRole, why) => {
			const observed = underTheirs([elsewhere], {existingRole});
			const [problem] = problemsOf(crossRegion, observed);
			expect(problem?.code).toBe('another-role');
			expect(problem?.cause).toMatch(why);
			expect(problem?.nextSteps).toEqual([
				expect.stringMatching(/^To keep it: /),
				expect.stringContaining('--role-name s3crr_role_for_my-us-east-1'),
			]);
		},
	);

	test.each<readonly [string, readonly ReplicationRule[]]>([
		['no other rule', [ours]],
		['only disabled rules', [ours, {...elsewhere, Status: 'Disabled'}]],
	])('and was deleted, and %s relies on it: it is replaced, and that is said', (_what, rules) => {
		const ownBuckets = {state: 'read', names: ['elsewhere']} as const;
		const plan = planOf(crossRegion, underTheirs(rules, {existingRole: {state: 'deleted'}, ownBuckets}));
		const rulesPut = operationOf(plan, 'put-replication');
		expect(rulesPut).toMatchObject({
			change: 'update',
			after: {Role: `arn:aws:iam::${account}:role/s3crr_role_for_my-us-east-1`, Rules: rules},
		});
		expect(rulesPut.notes?.[0]).toContain(`until now it is ${present.arn}, which does not exist.`);
	});
});

describe('another role that a person named', () => {
	const ownBuckets = {state: 'read', names: ['elsewhere', 'my-us-east-1']} as const;

	test('takes all rules over, and gets what each of them needs', () => {
		const plan = planOf(chosen, underTheirs([elsewhere], {ownBuckets}));
		const puts = plan.operations.filter(({kind}) => kind === 'put-role-policy');
		expect(puts).toMatchObject([
			{id: 'put-role-policy', after: rolePermissions('aws', 'my-us-east-1', 'my-us-west-2')},
			{
				id: 'put-role-policy:elsewhere',
				policyName: 's3-replicate+my-us-east-1+elsewhere',
				after: rolePermissions('aws', 'my-us-east-1', 'elsewhere'),
			},
		]);
		expect(operationOf(plan, 'put-replication').requires).toContain('put-role-policy:elsewhere');
		expect(operationOf(plan, 'put-replication').notes?.[0]).toContain('It gets what elsewhere need, too.');
	});

	const withKey = (accountId: string): ReplicationRule => ({
		...elsewhere,
		SourceSelectionCriteria: {SseKmsEncryptedObjects: {Status: 'Enabled'}},
		Destination: {
			...elsewhere.Destination,
			EncryptionConfiguration: {ReplicaKmsKeyID: `arn:aws:kms:eu-west-1:${accountId}:key/k`},
		},
	});
	const handsOver: ReplicationRule = {
		...elsewhere,
		Destination: {
			...elsewhere.Destination,
			Account: account,
			AccessControlTranslation: {Owner: 'Destination'},
		},
	};

	test.each<readonly [string, ReplicationRule, readonly string[]]>([
		['KMS, of the own account', withKey(account), ['kms:Encrypt', 'kms:GenerateDataKey', 'kms:Decrypt']],
		['owner override', handsOver, ['s3:ObjectOwnerOverrideToBucketOwner']],
	])('takes over a rule with %s, and gets what it needs', (_which, rule, actions) => {
		const plan = planOf(chosen, underTheirs([rule], {ownBuckets}));
		const put = plan.operations.find(({id}) => id === 'put-role-policy:elsewhere');
		const granted = JSON.stringify(put?.after);
		expect(actions.filter((action) => !granted.includes(action))).toEqual([]);
	});

	test.each<readonly [string, ReplicationRule, Partial<Observed>, RegExp]>([
		['to a bucket of somebody else', elsewhere, {ownBuckets: {state: 'read', names: []}}, /not of account/],
		[
			'that names another account',
			{...elsewhere, Destination: {...elsewhere.Destination, Account: '444455556666'}},
			{ownBuckets},
			/is of account 444455556666/,
		],
		[
			'to a bucket of which nobody knows whose it is',
			elsewhere,
			{ownBuckets: {state: 'unreadable', cause: 'AccessDenied (s3:ListAllMyBuckets).'}},
			/not known whose elsewhere is: AccessDenied/,
		],
		['with a key of another account', withKey('444455556666'), {ownBuckets}, /key policy must name the role/],
	])('cannot take over a rule %s, and says so', (_which, rule, change, cause) => {
		const problems = problemsOf(chosen, underTheirs([rule], change));
		expect(problems.map(({code}) => code)).toEqual(['role-cannot-take-over']);
		expect(problems[0]?.cause).toMatch(cause);
	});

	test('that is the very one they have is no change', () => {
		const request = {...chosen, roleName: 'theirs'};
		const observed = underTheirs([elsewhere], {role: present, existingRole: undefined});
		expect(chooseRole(request, observed)).toMatchObject({arn: present.arn, takesOver: []});
	});
});

const reading: PolicyDocument = {
	Version: '2012-10-17',
	Statement: {Sid: 'Theirs', Effect: 'Allow', Action: ['s3:Get*', 's3:List*'], Resource: '*'},
};

describe('a role that is there', () => {
	const role = {...present, arn: `arn:aws:iam::${account}:role/s3crr_role_for_my-us-east-1`};
	const empty = emptyAccounts(crossRegion);

	test('and may do everything by other policies gets no further one', () => {
		const attached = [{name: 'arn:p', document: rolePermissions('aws', 'my-us-east-1', 'my-us-west-2')}];
		const put = operationOf(planOf(crossRegion, {...empty, role: {...role, attached}}), 'put-role-policy');
		expect(put).toMatchObject({
			change: 'keep',
			notes: ['The other policies of the role allow all of this already.'],
		});
	});

	test('and has a policy of this name that allows less keeps what is in it', () => {
		const plan = planOf(crossRegion, {...empty, role: {...role, permissions: reading}});
		const put = operationOf(plan, 'put-role-policy');
		expect(put.change).toBe('update');
		expect(put.after.Statement).toEqual([
			reading.Statement,
			{
				Effect: 'Allow',
				Action: ['s3:ReplicateObject', 's3:ReplicateDelete', 's3:ReplicateTags'],
				Resource: 'arn:aws:s3:::my-us-west-2/*',
			},
		]);
	});

	test.each<readonly [string, object, Partial<ObservedRole>, string]>([
		['with another path than asked for', {rolePath: '/teams/'}, {}, 'role-elsewhere'],
		[
			'without the boundary asked for',
			{permissionsBoundary: 'arn:aws:iam::111122223333:policy/b'},
			{},
			'role-boundary-differs',
		],
		['held back by its boundary', {}, {boundary: {arn: 'arn:b', document: reading}}, 'role-held-back'],
		[
			'with so many inline policies that no other has room',
			{},
			{inline: [{name: 'long', document: {...reading, Id: 'x'.repeat(10_000)}}]},
			'role-policies-too-long',
		],
		['that may not be changed and lacks something', {keepsRole: true}, {}, 'role-lacks'],
	])('%s stops the run', (_how, request, change, code) => {
		const problems = problemsOf({...crossRegion, ...request}, {...empty, role: {...role, ...change}});
		expect(problems.map((problem) => problem.code)).toEqual([code]);
	});

	test('and may not be changed: the policy to hand over is in the problem, and with it the plan keeps the role', () => {
		const request = {...crossRegion, keepsRole: true};
		const [problem] = problemsOf(request, {...empty, role: {...role, permissions: reading}});
		const [document] = problem?.documents ?? [];
		expect(document?.title).toBe('A policy to add to the role s3crr_role_for_my-us-east-1');
		const inline = [{name: 'handed-over', document: document?.value as PolicyDocument}];
		const plan = planOf(request, {...empty, role: {...role, permissions: reading, inline}});
		expect(changesOf(plan)).toMatchObject({'create-role': 'keep', 'put-role-policy': 'keep'});
	});

	test('and may not be changed nor read: what is not known is said, and does not stop', () => {
		const unread = ['its inline policies (iam:ListRolePolicies)'];
		const plan = planOf({...crossRegion, keepsRole: true}, {...empty, role: {...role, unread}});
		expect(operationOf(plan, 'put-role-policy')).toMatchObject({
			change: 'keep',
			notes: [expect.stringMatching(/not known: its inline policies/)],
		});
	});
});

describe('a role that is not there', () => {
	const empty = emptyAccounts(crossRegion);
	const permissionsBoundary = 'arn:aws:iam::111122223333:policy/bound';

	test('is created with the path and the boundary asked for, and named so everywhere', () => {
		const request = {...crossAccount, rolePath: '/teams/data/', permissionsBoundary, isRoleChosen: true};
		const document = {...reading, Statement: {Effect: 'Allow', Action: 's3:*', Resource: '*'}} as const;
		const boundary = {state: 'existing', document} as const;
		const plan = planOf(request, {...emptyAccounts(crossAccount), boundary});
		const arn = 'arn:aws:iam::111122223333:role/teams/data/s3-cross-account-rep';
		expect(operationOf(plan, 'create-role').after).toMatchObject({
			Path: '/teams/data/',
			PermissionsBoundary: permissionsBoundary,
		});
		expect(operationOf(plan, 'put-replication').after.Role).toBe(arn);
		expect(operationOf(plan, 'put-bucket-policy').after.Statement).toMatchObject([
			{Principal: {AWS: arn}},
			{Principal: {AWS: arn}},
		]);
	});

	test.each<readonly [string, object, Partial<Observed>, string]>([
		['but may only be used', {keepsRole: true}, {}, 'role-missing'],
		[
			'with a boundary that is not there',
			{permissionsBoundary},
			{boundary: {state: 'absent'}},
			'boundary-missing',
		],
		[
			'with a boundary that does not let it replicate',
			{permissionsBoundary},
			{boundary: {state: 'existing', document: reading}},
			'boundary-too-tight',
		],
	])('%s stops the run', (_how, request, change, code) => {
		const problems = problemsOf({...crossRegion, ...request}, {...empty, ...change});
		expect(problems.map((problem) => problem.code)).toEqual([code]);
	});
});
