import {expect, it} from 'vitest';
import {requestBack} from '../../source/domain/answers/way-back.js';
import type {ReplicationRequest} from '../../source/domain/answers/request.js';
import type {Observed} from '../../source/domain/observed/observed.js';
import type {ReplicationRule} from '../../source/domain/rule/replication-configuration.js';
import {crossAccount, crossRegion, emptyAccounts, planOf, problemsOf} from './support/plan-values.js';

const both = (request: ReplicationRequest): ReplicationRequest => ({...request, back: {}});

/** Empty accounts as both ways see them, with rules in the destination bucket. */
function twoWay(request: ReplicationRequest, rules: readonly ReplicationRule[], role: string): Observed {
	const there = emptyAccounts(request);
	const back = {
		source: {
			caller: there.destination.caller,
			bucket: {state: 'owned', region: 'us-west-2', versioning: 'Enabled'} as const,
			...(rules.length === 0 ? {} : {replication: {Role: role, Rules: rules}}),
		},
		destination: {caller: there.source.caller, bucket: there.source.bucket},
		existingRole: {
			state: 'existing',
			role: {
				arn: role,
				trust: {
					Version: '2012-10-17',
					Statement: [{Effect: 'Allow', Principal: {Service: 's3.amazonaws.com'}, Action: 'sts:AssumeRole'}],
				},
				inline: [],
				attached: [],
				unread: [],
			},
		} as const,
	};
	return {...there, destination: {...there.destination, bucket: back.source.bucket}, back};
}

const foreign = {
	V1: {ID: 'theirs', Status: 'Enabled', Prefix: 'theirs/', Destination: {Bucket: 'arn:aws:s3:::other'}},
	V2: {
		ID: 'theirs',
		Status: 'Enabled',
		Priority: 1,
		Filter: {Prefix: 'theirs/'},
		DeleteMarkerReplication: {Status: 'Disabled'},
		Destination: {Bucket: 'arn:aws:s3:::other'},
	},
} as const;

it.each([
	['cross-region', crossRegion, 'V1'],
	['cross-region', crossRegion, 'V2'],
	['cross-account', crossAccount, 'V1'],
	['cross-account', crossAccount, 'V2'],
] as const)(
	'%s keeps a foreign rule in the destination bucket beside the rule back: %#',
	(_mode, request, schema) => {
		const account = {'cross-region': '111122223333', 'cross-account': '444455556666'}[request.mode];
		const theirs = `arn:aws:iam::${account}:role/theirs`;
		const asked = both(request);
		const plan = planOf(asked, twoWay(asked, [foreign[schema]], theirs));
		const back = plan.operations.find(({id}) => id === 'put-replication:back');
		expect(back).toMatchObject({
			side: 'destination',
			direction: 'back',
			target: request.destination.bucket,
			change: 'update',
			after: {Role: theirs},
		});
		const ids = (back!.after as unknown as {Rules: ReplicationRule[]}).Rules.map(({ID: id}) => id);
		expect([...ids].sort()).toEqual([`${request.ruleId}-back`, 'theirs'].sort());
		expect(plan.back).toEqual({ruleId: `${request.ruleId}-back`, roleName: 'theirs'});
		const known = new Set(plan.operations.map(({id}) => id));
		expect(known.size).toBe(plan.operations.length);
		expect(plan.operations.flatMap(({requires}) => requires).filter((id) => !known.has(id))).toEqual([]);
	},
);

it.each<[string, Partial<ReplicationRequest>, Partial<ReplicationRequest>]>([
	['one role in one account', crossRegion, {roleName: crossRegion.roleName}],
	['a role a side across accounts', crossAccount, {roleName: 's3-cross-account-rep-back'}],
	[
		'a role given for the way there serves one account whole',
		{...crossRegion, roleArn: 'arn:aws:iam::111122223333:role/r', roleName: 'r'},
		{roleArn: 'arn:aws:iam::111122223333:role/r', roleName: 'r'},
	],
	[
		'across accounts it does not serve the way back',
		{...crossAccount, roleArn: 'arn:aws:iam::111122223333:role/r', roleName: 'r'},
		{roleArn: undefined, roleName: 's3-cross-account-rep-back'},
	],
	[
		'a role of its own for the way back',
		{...crossAccount, back: {roleArn: 'arn:aws:iam::444455556666:role/b'}},
		{roleArn: 'arn:aws:iam::444455556666:role/b', roleName: 'b', isRoleChosen: true},
	],
	[
		'the key of the way there stays there',
		{
			...crossRegion,
			rule: {kmsKey: 'alias/there', prefix: 'logs/', tags: ['a=b']},
			back: {kmsKey: 'alias/back'},
		},
		{rule: {kmsKey: 'alias/back', prefix: 'logs/', tags: ['a=b']}},
	],
	['a rule named as long as may be', {...crossRegion, ruleId: 'r'.repeat(255)}, {}],
])('the way back has %s', (_what, asked, expected) => {
	const request = {...crossRegion, back: {}, ...asked} as ReplicationRequest;
	const back = requestBack(request);
	expect(back).toMatchObject({source: request.destination, destination: request.source, ...expected});
	expect(back?.ruleId.length).toBeLessThanOrEqual(255);
	expect(back?.ruleId).not.toBe(request.ruleId);
	expect(back && requestBack(back)).toBeUndefined();
});

// IAM User Guide, "IAM and AWS STS quotas": the inline policies of a role together have at most 10,240 characters (documented).
it.each([
	['as long as the policies of both ways fit', 9000, []],
	['unless the policies of both ways do not fit together', 9400, ['role-policies-too-long']],
] as const)('one role serves both ways %s', (_what, othersLength, codes) => {
	const asked = both(crossRegion);
	const role = {
		arn: 'arn:aws:iam::111122223333:role/s3crr_role_for_my-us-east-1',
		trust: {
			Version: '2012-10-17',
			Statement: [
				{Effect: 'Allow' as const, Principal: {Service: 's3.amazonaws.com'}, Action: 'sts:AssumeRole'},
			],
		},
		inline: [
			{
				name: 'others',
				document: {
					Version: '2012-10-17',
					Statement: [
						{Effect: 'Allow' as const, Action: 'sqs:SendMessage', Resource: 'x'.repeat(othersLength)},
					],
				},
			},
		],
		attached: [],
		unread: [],
	};
	const seen = twoWay(asked, [], role.arn);
	const observed = {...seen, role, back: {...seen.back, role}} as Observed;
	const alone = problemsOf(crossRegion, observed).map(({code}) => code);

	expect(alone).toEqual([]);
	expect(problemsOf(asked, observed).map(({code}) => code)).toEqual(codes);
});
