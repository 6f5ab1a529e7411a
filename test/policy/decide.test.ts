import {expect, test} from 'vitest';
import {decide, decideKeyUse, type AccessRequest, type PolicySet} from '../../source/policy/decide.js';
import {
	accountId,
	allow,
	anonymous,
	deny,
	otherAccountId,
	policy,
	reasonsIn,
	request,
	root,
	service,
	session,
	user,
} from './cases.js';

type Case = {
	readonly rule: string;
	/** The page of the IAM User Guide, or `own` where this project decides. */
	readonly source: string;
	readonly request?: Partial<AccessRequest>;
	readonly policies: PolicySet;
	readonly isAllowed: boolean;
	readonly reasons: readonly string[];
};

const evaluation = 'reference_policies_evaluation-logic';
const principal = 'reference_policies_elements_principal';
const crossAccount = `${evaluation}-cross-account`;
const boundaries = 'access_policies_boundaries';
const notPrincipal = 'reference_policies_elements_notprincipal';

const admin = policy('admin', allow());
const readAll = policy('boundary', allow({Action: 's3:Get*'}));
const noReads = policy('boundary', allow({Action: 'sts:GetCallerIdentity'}));
const byUser = policy('bucket', allow({Principal: {AWS: 'arn:aws:iam::111122223333:user/team/alice'}}));
const byRole = policy(
	'bucket',
	allow({Principal: {AWS: 'arn:aws:iam::111122223333:role/service-role/replicator'}}),
);
const bySession = policy(
	'bucket',
	allow({Principal: {AWS: 'arn:aws:sts::111122223333:assumed-role/replicator/run-1'}}),
);
const byAccount = policy('bucket', allow({Principal: {AWS: accountId}}));
const byRootArn = policy('bucket', allow({Principal: {AWS: 'arn:aws:iam::111122223333:root'}}));
const byEveryone = policy('bucket', allow({Principal: '*'}));
const fromAbroad = {resourceAccountId: otherAccountId};

const missingIdentity = ['missing-allow identity'];
const missingResource = ['missing-allow resource'];
const byAdmin = ['allow identity admin#1'];
const byBucket = ['allow resource bucket#1'];

const cases: readonly Case[] = [
	{
		rule: 'without any policy a request is refused',
		source: evaluation,
		policies: {identity: []},
		isAllowed: false,
		reasons: missingIdentity,
	},
	{
		rule: 'an identity policy is enough in the same account',
		source: evaluation,
		policies: {identity: [admin]},
		isAllowed: true,
		reasons: byAdmin,
	},
	{
		rule: 'an explicit deny in an identity policy wins over its allow',
		source: evaluation,
		policies: {identity: [admin, policy('guard', deny({Sid: 'NoReads', Action: 's3:GetObject'}))]},
		isAllowed: false,
		reasons: ['explicit-deny identity guard#NoReads'],
	},
	{
		rule: 'an explicit deny in the resource policy wins over an identity allow',
		source: evaluation,
		policies: {identity: [admin], resource: policy('bucket', deny({Principal: '*'}))},
		isAllowed: false,
		reasons: ['explicit-deny resource bucket#1'],
	},
	{
		rule: 'an explicit deny in the boundary wins over everything that allows',
		source: boundaries,
		policies: {identity: [admin], resource: byUser, boundary: policy('boundary', allow(), deny())},
		isAllowed: false,
		reasons: ['explicit-deny boundary boundary#2'],
	},
	{
		rule: 'every statement that denies is named',
		source: 'own',
		policies: {
			identity: [policy('guard', deny(), deny())],
			resource: policy('bucket', deny({Principal: '*'})),
		},
		isAllowed: false,
		reasons: [
			'explicit-deny identity guard#1',
			'explicit-deny identity guard#2',
			'explicit-deny resource bucket#1',
		],
	},
	{
		rule: 'a statement without a Sid goes by its number, from 1',
		source: 'own',
		policies: {identity: [policy('many', allow({Action: 'iam:*'}), allow({Action: 's3:*'}))]},
		isAllowed: true,
		reasons: ['allow identity many#2'],
	},
	{
		rule: 'a deny that names another principal does not apply',
		source: principal,
		policies: {identity: [admin], resource: policy('bucket', deny({Principal: {AWS: otherAccountId}}))},
		isAllowed: true,
		reasons: byAdmin,
	},
	{
		rule: 'a resource policy that names the user is enough in the same account',
		source: evaluation,
		policies: {identity: [], resource: byUser},
		isAllowed: true,
		reasons: byBucket,
	},
	{
		rule: 'a resource policy that names the role is enough for its sessions in the same account',
		source: principal,
		request: {caller: session},
		policies: {identity: [], resource: byRole},
		isAllowed: true,
		reasons: byBucket,
	},
	{
		rule: 'a resource policy that names the session is enough in the same account',
		source: principal,
		request: {caller: session},
		policies: {identity: [], resource: bySession},
		isAllowed: true,
		reasons: byBucket,
	},
	{
		rule: 'a resource policy that names another session of the role is not enough',
		source: principal,
		request: {
			caller: {...session, arn: 'arn:aws:sts::111122223333:assumed-role/replicator/run-2'} as typeof session,
		},
		policies: {identity: [], resource: bySession},
		isAllowed: false,
		reasons: missingIdentity,
	},
	{
		rule: 'a role ARN without its path names another role',
		source: principal,
		request: {caller: session},
		policies: {
			identity: [],
			resource: policy('bucket', allow({Principal: {AWS: 'arn:aws:iam::111122223333:role/replicator'}})),
		},
		isAllowed: false,
		reasons: missingIdentity,
	},
	{
		rule: 'a principal ARN is compared with case',
		source: principal,
		policies: {
			identity: [],
			resource: policy('bucket', allow({Principal: {AWS: 'arn:aws:iam::111122223333:user/team/Alice'}})),
		},
		isAllowed: false,
		reasons: missingIdentity,
	},
	{
		rule: 'a wildcard within a principal ARN is no wildcard',
		source: principal,
		policies: {
			identity: [],
			resource: policy('bucket', allow({Principal: {AWS: 'arn:aws:iam::111122223333:user/*'}})),
		},
		isAllowed: false,
		reasons: missingIdentity,
	},
	{
		rule: 'a resource policy that names the account leaves its users to their own policies',
		source: principal,
		policies: {identity: [], resource: byAccount},
		isAllowed: false,
		reasons: missingIdentity,
	},
	{
		rule: 'the ARN of account root stands for the whole account, as its bare id does',
		source: principal,
		policies: {identity: [], resource: byRootArn},
		isAllowed: false,
		reasons: missingIdentity,
	},
	{
		rule: 'a deny that names the account hits its users',
		source: principal,
		policies: {identity: [admin], resource: policy('bucket', deny({Principal: {AWS: accountId}}))},
		isAllowed: false,
		reasons: ['explicit-deny resource bucket#1'],
	},
	{
		rule: 'a deny that names the role hits its sessions',
		source: principal,
		request: {caller: session},
		policies: {
			identity: [admin],
			resource: policy(
				'bucket',
				deny({Principal: {AWS: 'arn:aws:iam::111122223333:role/service-role/replicator'}}),
			),
		},
		isAllowed: false,
		reasons: ['explicit-deny resource bucket#1'],
	},
	{
		rule: 'everyone includes a user without policies',
		source: principal,
		policies: {identity: [], resource: byEveryone},
		isAllowed: true,
		reasons: byBucket,
	},
	{
		rule: 'the unique id of a user names it',
		source: principal,
		policies: {identity: [], resource: policy('bucket', allow({Principal: {AWS: 'AIDAEXAMPLEALICE0001'}}))},
		isAllowed: true,
		reasons: byBucket,
	},
	{
		rule: 'the unique id of a role names its sessions',
		source: principal,
		request: {caller: session},
		policies: {identity: [], resource: policy('bucket', allow({Principal: {AWS: 'AROAEXAMPLEROLE00001'}}))},
		isAllowed: true,
		reasons: byBucket,
	},
	{
		rule: 'the unique id of a role names a session that carries the id with its session name',
		source: principal,
		request: {caller: {...session, uniqueId: 'AROAEXAMPLEROLE00001:run-1'} as typeof session},
		policies: {identity: [], resource: policy('bucket', allow({Principal: {AWS: 'AROAEXAMPLEROLE00001'}}))},
		isAllowed: true,
		reasons: byBucket,
	},
	{
		rule: 'the unique id of a deleted role does not name the role created anew',
		source: principal,
		request: {caller: session},
		policies: {identity: [], resource: policy('bucket', allow({Principal: {AWS: 'AROAEXAMPLEROLE00000'}}))},
		isAllowed: false,
		reasons: missingIdentity,
	},
	{
		rule: 'one principal of a list is enough',
		source: principal,
		policies: {
			identity: [],
			resource: policy('bucket', allow({Principal: {AWS: [otherAccountId, 'AIDAEXAMPLEALICE0001']}})),
		},
		isAllowed: true,
		reasons: byBucket,
	},
	{
		rule: 'a resource statement without a principal names nobody',
		source: principal,
		policies: {identity: [], resource: policy('bucket', allow())},
		isAllowed: false,
		reasons: missingIdentity,
	},

	{
		rule: 'across accounts both sides together allow',
		source: crossAccount,
		request: fromAbroad,
		policies: {identity: [admin], resource: byUser},
		isAllowed: true,
		reasons: [...byAdmin, ...byBucket],
	},
	{
		rule: 'across accounts an identity policy alone is not enough',
		source: crossAccount,
		request: fromAbroad,
		policies: {identity: [admin]},
		isAllowed: false,
		reasons: missingResource,
	},
	{
		rule: 'across accounts a resource policy alone is not enough, even one that names the user',
		source: crossAccount,
		request: fromAbroad,
		policies: {identity: [], resource: byUser},
		isAllowed: false,
		reasons: missingIdentity,
	},
	{
		rule: 'across accounts everyone in the resource policy still needs the identity side',
		source: crossAccount,
		request: fromAbroad,
		policies: {identity: [], resource: byEveryone},
		isAllowed: false,
		reasons: missingIdentity,
	},
	{
		rule: 'across accounts both missing sides are named, the identity first',
		source: 'own',
		request: fromAbroad,
		policies: {identity: []},
		isAllowed: false,
		reasons: [...missingIdentity, ...missingResource],
	},
	{
		rule: 'across accounts a resource policy may name the whole account of the caller',
		source: principal,
		request: fromAbroad,
		policies: {identity: [admin], resource: byAccount},
		isAllowed: true,
		reasons: [...byAdmin, ...byBucket],
	},
	{
		rule: 'across accounts a resource policy may name the role of the session',
		source: principal,
		request: {...fromAbroad, caller: session},
		policies: {identity: [admin], resource: byRole},
		isAllowed: true,
		reasons: [...byAdmin, ...byBucket],
	},
	{
		rule: 'across accounts a boundary caps the identity side even of a user named directly',
		source: crossAccount,
		request: fromAbroad,
		policies: {identity: [admin], resource: byUser, boundary: noReads},
		isAllowed: false,
		reasons: ['missing-allow boundary boundary'],
	},
	{
		rule: 'across accounts an explicit deny of the resource policy wins',
		source: crossAccount,
		request: fromAbroad,
		policies: {
			identity: [admin],
			resource: policy('bucket', allow({Principal: '*'}), deny({Principal: '*'})),
		},
		isAllowed: false,
		reasons: ['explicit-deny resource bucket#2'],
	},

	{
		rule: 'a boundary that allows lets the identity policy through',
		source: boundaries,
		policies: {identity: [admin], boundary: readAll},
		isAllowed: true,
		reasons: [...byAdmin, 'allow boundary boundary#1'],
	},
	{
		rule: 'a boundary without an allow caps the identity policy',
		source: boundaries,
		policies: {identity: [admin], boundary: noReads},
		isAllowed: false,
		reasons: ['missing-allow boundary boundary'],
	},
	{
		rule: 'a boundary by itself allows nothing',
		source: boundaries,
		policies: {identity: [], boundary: readAll},
		isAllowed: false,
		reasons: missingIdentity,
	},
	{
		rule: 'a boundary does not cap a resource policy that names the user',
		source: boundaries,
		policies: {identity: [], resource: byUser, boundary: noReads},
		isAllowed: true,
		reasons: byBucket,
	},
	{
		rule: 'a boundary does not cap a resource policy that names the session',
		source: boundaries,
		request: {caller: session},
		policies: {identity: [], resource: bySession, boundary: noReads},
		isAllowed: true,
		reasons: byBucket,
	},
	{
		rule: 'a boundary caps a resource policy that names the role',
		source: boundaries,
		request: {caller: session},
		policies: {identity: [], resource: byRole, boundary: noReads},
		isAllowed: false,
		reasons: ['missing-allow boundary boundary'],
	},
	{
		rule: 'a boundary that allows lets a resource policy through that names the role',
		source: boundaries,
		request: {caller: session},
		policies: {identity: [], resource: byRole, boundary: readAll},
		isAllowed: true,
		reasons: byBucket,
	},
	{
		rule: 'a boundary does not cap everyone narrowed by aws:PrincipalArn',
		source: principal,
		request: {caller: session},
		policies: {
			identity: [],
			resource: policy(
				'bucket',
				allow({
					Principal: '*',
					Condition: {
						ArnEquals: {'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/service-role/replicator'},
					},
				}),
			),
			boundary: noReads,
		},
		isAllowed: true,
		reasons: byBucket,
	},

	{
		rule: 'account root may do everything in its own account',
		source: evaluation,
		request: {caller: root},
		policies: {identity: []},
		isAllowed: true,
		reasons: ['allow identity'],
	},
	{
		rule: 'account root is denied by the resource policy in its own account',
		source: evaluation,
		request: {caller: root},
		policies: {identity: [], resource: policy('bucket', deny({Principal: '*'}))},
		isAllowed: false,
		reasons: ['explicit-deny resource bucket#1'],
	},
	{
		rule: 'account root needs the resource policy of another account',
		source: crossAccount,
		request: {...fromAbroad, caller: root},
		policies: {identity: []},
		isAllowed: false,
		reasons: missingResource,
	},
	{
		rule: 'account root may use a resource of another account that names its account',
		source: crossAccount,
		request: {...fromAbroad, caller: root},
		policies: {identity: [], resource: byAccount},
		isAllowed: true,
		reasons: ['allow identity', ...byBucket],
	},

	{
		rule: 'a service may do what the resource policy allows it',
		source: principal,
		request: {caller: service},
		policies: {identity: [], resource: policy('bucket', allow({Principal: {Service: 's3.amazonaws.com'}}))},
		isAllowed: true,
		reasons: byBucket,
	},
	{
		rule: 'a service is not allowed by identity policies',
		source: principal,
		request: {caller: service},
		policies: {identity: [admin]},
		isAllowed: false,
		reasons: missingResource,
	},
	{
		rule: 'another service is not meant',
		source: principal,
		request: {caller: service},
		policies: {identity: [], resource: policy('bucket', allow({Principal: {Service: 'ec2.amazonaws.com'}}))},
		isAllowed: false,
		reasons: missingResource,
	},
	{
		rule: 'a service name under AWS does not name the service',
		source: principal,
		request: {caller: service},
		policies: {identity: [], resource: policy('bucket', allow({Principal: {AWS: 's3.amazonaws.com'}}))},
		isAllowed: false,
		reasons: missingResource,
	},
	{
		rule: 'nobody in particular may do what everyone may',
		source: principal,
		request: {caller: anonymous},
		policies: {identity: [], resource: byEveryone},
		isAllowed: true,
		reasons: byBucket,
	},
	{
		rule: 'everyone may also be spelled as AWS: *',
		source: principal,
		request: {caller: anonymous},
		policies: {identity: [], resource: policy('bucket', allow({Principal: {AWS: '*'}}))},
		isAllowed: true,
		reasons: byBucket,
	},
	{
		rule: 'nobody in particular is no member of an account',
		source: principal,
		request: {caller: anonymous},
		policies: {identity: [admin], resource: byAccount},
		isAllowed: false,
		reasons: missingResource,
	},

	{
		rule: 'a deny with NotPrincipal spares a user listed with its account',
		source: notPrincipal,
		policies: {
			identity: [admin],
			resource: policy(
				'bucket',
				deny({NotPrincipal: {AWS: [accountId, 'arn:aws:iam::111122223333:user/team/alice']}}),
			),
		},
		isAllowed: true,
		reasons: byAdmin,
	},
	{
		rule: 'a deny with NotPrincipal hits a user listed without its account',
		source: notPrincipal,
		policies: {
			identity: [admin],
			resource: policy('bucket', deny({NotPrincipal: {AWS: 'arn:aws:iam::111122223333:user/team/alice'}})),
		},
		isAllowed: false,
		reasons: ['explicit-deny resource bucket#1'],
	},
	{
		rule: 'a deny with NotPrincipal hits a user whose account alone is listed',
		source: notPrincipal,
		policies: {identity: [admin], resource: policy('bucket', deny({NotPrincipal: {AWS: accountId}}))},
		isAllowed: false,
		reasons: ['explicit-deny resource bucket#1'],
	},
	{
		rule: 'a deny with NotPrincipal spares a session listed with its role and account',
		source: notPrincipal,
		request: {caller: session},
		policies: {
			identity: [admin],
			resource: policy(
				'bucket',
				deny({
					NotPrincipal: {
						AWS: [
							'arn:aws:iam::111122223333:root',
							'arn:aws:iam::111122223333:role/service-role/replicator',
							'arn:aws:sts::111122223333:assumed-role/replicator/run-1',
						],
					},
				}),
			),
		},
		isAllowed: true,
		reasons: byAdmin,
	},
	{
		rule: 'a deny with NotPrincipal hits a session listed with its account but not with its role',
		source: notPrincipal,
		request: {caller: session},
		policies: {
			identity: [admin],
			resource: policy(
				'bucket',
				deny({NotPrincipal: {AWS: [accountId, 'arn:aws:sts::111122223333:assumed-role/replicator/run-1']}}),
			),
		},
		isAllowed: false,
		reasons: ['explicit-deny resource bucket#1'],
	},
	{
		rule: 'a deny with NotPrincipal of everyone hits nobody',
		source: notPrincipal,
		policies: {identity: [admin], resource: policy('bucket', deny({NotPrincipal: {AWS: '*'}}))},
		isAllowed: true,
		reasons: byAdmin,
	},
	{
		rule: 'a boundary caps a resource policy that names the role by its unique id',
		source: boundaries,
		request: {caller: session},
		policies: {
			identity: [],
			resource: policy('bucket', allow({Principal: {AWS: 'AROAEXAMPLEROLE00001'}})),
			boundary: noReads,
		},
		isAllowed: false,
		reasons: ['missing-allow boundary boundary'],
	},
	{
		rule: 'a deny with NotPrincipal always hits who has a boundary',
		source: boundaries,
		policies: {
			identity: [admin],
			resource: policy(
				'bucket',
				deny({NotPrincipal: {AWS: [accountId, 'arn:aws:iam::111122223333:user/team/alice']}}),
			),
			boundary: readAll,
		},
		isAllowed: false,
		reasons: ['explicit-deny resource bucket#1'],
	},
	{
		rule: 'an allow with NotPrincipal leaves out a user listed alone',
		source: notPrincipal,
		policies: {
			identity: [],
			resource: policy('bucket', allow({NotPrincipal: {AWS: 'arn:aws:iam::111122223333:user/team/alice'}})),
		},
		isAllowed: false,
		reasons: missingIdentity,
	},
	{
		rule: 'an allow with NotPrincipal lets in everybody else, even nobody in particular',
		source: notPrincipal,
		request: {caller: anonymous},
		policies: {identity: [], resource: policy('bucket', allow({NotPrincipal: {AWS: accountId}}))},
		isAllowed: true,
		reasons: byBucket,
	},
	{
		rule: 'a deny with NotPrincipal spares the service it lists',
		source: notPrincipal,
		request: {caller: service},
		policies: {
			identity: [],
			resource: policy(
				'bucket',
				allow({Principal: '*'}),
				deny({NotPrincipal: {Service: 's3.amazonaws.com'}}),
			),
		},
		isAllowed: true,
		reasons: byBucket,
	},
];

test.each(cases)('$rule ($source)', ({request: changes, policies, isAllowed, reasons}) => {
	const decision = decide(request({caller: user, ...changes}), policies);
	expect(reasonsIn(decision)).toEqual(reasons);
	expect(decision.isAllowed).toBe(isAllowed);
});

test.each([
	{who: root, key: {AWS: accountId}, iam: [], isAllowed: true},
	{who: root, key: {AWS: otherAccountId}, iam: [], isAllowed: false},
	{who: user, key: {AWS: accountId}, iam: [admin], isAllowed: true},
	{who: user, key: {AWS: accountId}, iam: [], isAllowed: false},
	{who: user, key: {AWS: 'arn:aws:iam::111122223333:user/team/alice'}, iam: [], isAllowed: true},
	{who: user, key: {AWS: otherAccountId}, iam: [admin], isAllowed: false},
])(
	'a key’s policy must speak of the caller in any case: $who.kind, $key.AWS: $isAllowed (KMS Developer Guide, key-policies)',
	({who, key, iam, isAllowed}) => {
		const asked = request({caller: who, resourceAccountId: accountId});
		const policies = {identity: iam, resource: policy('key', allow({Principal: key}))};
		expect(decideKeyUse(asked, policies).isAllowed).toBe(isAllowed);
	},
);
