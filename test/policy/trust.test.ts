import {expect, test} from 'vitest';
import {decideTrust, type AccessRequest, type NamedPolicy} from '../../source/policy/decide.js';
import {type Statement} from '../../source/policy/document.js';
import {
	accountId,
	otherAccountId,
	policy,
	reasonsIn,
	request,
	root,
	service,
	session,
	user,
} from './cases.js';

const trusting = (Principal: Statement['Principal'], changes: Partial<Statement> = {}): NamedPolicy => ({
	name: 'trust',
	document: {
		Version: '2012-10-17',
		Statement: {Effect: 'Allow', Principal, Action: 'sts:AssumeRole', ...changes},
	},
});
const mayAssume = policy('own', {
	Effect: 'Allow',
	Action: 'sts:AssumeRole',
	Resource: 'arn:aws:iam::*:role/replicator',
});
const mayNotAssume = policy('own', {Effect: 'Deny', Action: 'sts:*', Resource: '*'});
const byName = {AWS: 'arn:aws:iam::111122223333:user/team/alice'};

type Case = {
	readonly rule: string;
	readonly source: string;
	readonly request?: Partial<AccessRequest>;
	readonly trust: NamedPolicy;
	readonly identity?: readonly NamedPolicy[];
	readonly isAllowed: boolean;
	readonly reasons: readonly string[];
};

const principal = 'IAM reference_policies_elements_principal';
const crossAccount = 'IAM reference_policies_evaluation-logic-cross-account';

const cases: readonly Case[] = [
	{
		rule: 'S3 may assume a role that trusts it',
		source: 'S3 setting-repl-config-perm-overview',
		request: {caller: service},
		trust: trusting({Service: 's3.amazonaws.com'}),
		isAllowed: true,
		reasons: ['allow resource trust#1'],
	},
	{
		rule: 'S3 may assume a role that trusts it among others',
		source: 'S3 setting-repl-config-perm-overview',
		request: {caller: service},
		trust: trusting({Service: ['batchoperations.s3.amazonaws.com', 's3.amazonaws.com']}),
		isAllowed: true,
		reasons: ['allow resource trust#1'],
	},
	{
		rule: 'S3 may not assume a role that trusts another service',
		source: 'S3 setting-repl-config-perm-overview',
		request: {caller: service},
		trust: trusting({Service: 'lambda.amazonaws.com'}),
		isAllowed: false,
		reasons: ['missing-allow resource'],
	},
	{
		rule: 'S3 may not assume a role that trusts an account',
		source: principal,
		request: {caller: service},
		trust: trusting({AWS: accountId}),
		isAllowed: false,
		reasons: ['missing-allow resource'],
	},
	{
		rule: 'a condition that S3 does not meet takes the trust away',
		source: 'IAM confused-deputy',
		request: {caller: service, context: {'aws:SourceAccount': otherAccountId}},
		trust: trusting(
			{Service: 's3.amazonaws.com'},
			{Condition: {StringEquals: {'aws:SourceAccount': accountId}}},
		),
		isAllowed: false,
		reasons: ['missing-allow resource'],
	},
	{
		rule: 'trust in another action is no trust to assume the role',
		source: 'STS AssumeRole',
		request: {caller: service},
		trust: trusting({Service: 's3.amazonaws.com'}, {Action: 'sts:TagSession'}),
		isAllowed: false,
		reasons: ['missing-allow resource'],
	},
	{
		rule: 'a user of the same account named by its ARN needs no policy of its own',
		source: 'STS AssumeRole',
		trust: trusting(byName),
		isAllowed: true,
		reasons: ['allow resource trust#1'],
	},
	{
		rule: 'a user of the same account needs a policy of its own where the account is trusted',
		source: 'STS AssumeRole',
		trust: trusting({AWS: 'arn:aws:iam::111122223333:root'}),
		isAllowed: false,
		reasons: ['missing-allow identity'],
	},
	{
		rule: 'a user with a policy of its own may assume a role that trusts the account',
		source: 'STS AssumeRole',
		trust: trusting({AWS: accountId}),
		identity: [mayAssume],
		isAllowed: true,
		reasons: ['allow identity own#1'],
	},
	{
		rule: 'a policy of its own does not help a user of the same account whom nothing trusts',
		source: 'IAM reference_policies_evaluation-logic_policy-eval-denyallow',
		trust: trusting({Service: 's3.amazonaws.com'}),
		identity: [mayAssume],
		isAllowed: false,
		reasons: ['missing-allow resource'],
	},
	{
		rule: 'a policy of its own may deny what the trust allows',
		source: 'IAM reference_policies_evaluation-logic',
		trust: trusting(byName),
		identity: [mayNotAssume],
		isAllowed: false,
		reasons: ['explicit-deny identity own#1'],
	},
	{
		rule: 'a trust policy may deny',
		source: 'IAM reference_policies_evaluation-logic',
		trust: trusting(byName, {Effect: 'Deny', Sid: 'NotHer'}),
		identity: [mayAssume],
		isAllowed: false,
		reasons: ['explicit-deny resource trust#NotHer'],
	},
	{
		rule: 'a user of another account needs both sides',
		source: crossAccount,
		request: {resourceAccountId: otherAccountId},
		trust: trusting({AWS: accountId}),
		identity: [mayAssume],
		isAllowed: true,
		reasons: ['allow identity own#1', 'allow resource trust#1'],
	},
	{
		rule: 'a user of another account named by its ARN still needs a policy of its own',
		source: crossAccount,
		request: {resourceAccountId: otherAccountId},
		trust: trusting(byName),
		isAllowed: false,
		reasons: ['missing-allow identity'],
	},
	{
		rule: 'a user of another account is not trusted through the account of the role',
		source: crossAccount,
		request: {resourceAccountId: otherAccountId},
		trust: trusting({AWS: otherAccountId}),
		identity: [mayAssume],
		isAllowed: false,
		reasons: ['missing-allow resource'],
	},
	{
		rule: 'a session may assume a role that trusts its role',
		source: principal,
		request: {caller: session},
		trust: trusting({AWS: 'arn:aws:iam::111122223333:role/service-role/replicator'}),
		isAllowed: true,
		reasons: ['allow resource trust#1'],
	},
	{
		rule: 'a session does not assume its own role unless that role trusts itself',
		source: 'IAM id_roles_use',
		request: {caller: session, resource: 'arn:aws:iam::111122223333:role/service-role/replicator'},
		trust: trusting({Service: 's3.amazonaws.com'}),
		identity: [policy('own', {Effect: 'Allow', Action: '*', Resource: '*'})],
		isAllowed: false,
		reasons: ['missing-allow resource'],
	},
	{
		rule: 'account root may not assume roles',
		source: 'STS AssumeRole',
		request: {caller: root},
		trust: trusting({AWS: accountId}),
		isAllowed: false,
		reasons: ['missing-allow identity'],
	},
];

test.each(cases)('$rule ($source)', ({request: changes, trust, identity = [], isAllowed, reasons}) => {
	const asked = request({
		caller: user,
		action: 'sts:AssumeRole',
		resource: 'arn:aws:iam::111122223333:role/replicator',
		...changes,
	});
	const decision = decideTrust(asked, trust, identity);
	expect(reasonsIn(decision)).toEqual(reasons);
	expect(decision.isAllowed).toBe(isAllowed);
});
