import {describe, expect, it} from 'vitest';
import type {ReplicationRequest} from '../../source/domain/answers/request.js';
import type {Observed, ObservedRole} from '../../source/domain/observed/observed.js';
import {trustPolicy} from '../../source/domain/role/trust-policy.js';
import type {ConditionElement, PolicyDocument, Statement} from '../../source/policy/document.js';
import {crossAccount, everythingRight} from './support/plan-values.js';
import {verdictOf} from './support/role-verdict.js';

// What AWS sends is documented in the IAM User Guide, "AWS global condition context keys"; what S3 sends when it
// replicates is not, beyond the region, the accounts and the role: the rest has to be a warning.

const kmsKey = 'arn:aws:kms:us-west-2:444455556666:key/11111111-2222-3333-4444-555555555555';
const request: ReplicationRequest = {...crossAccount, keepsRole: true, rule: {kmsKey}};
const right: Observed = everythingRight({...crossAccount, rule: {kmsKey}});
const role = right.role!;

const doc = (...statements: readonly Statement[]): PolicyDocument => ({
	Version: '2012-10-17',
	Statement: statements,
});
const allow = (Condition: ConditionElement): Statement => ({
	Effect: 'Allow',
	Action: '*',
	Resource: '*',
	Condition,
});
const withRole = (change: Partial<ObservedRole>): Observed => ({...right, role: {...role, ...change}});
const roleOf = (observed: Observed) => verdictOf('role', request, observed);

/** Where a condition can stand, as an Allow that all hangs on; what the check there says. */
const places = {
	'the role’s policy': (condition: ConditionElement) =>
		roleOf(withRole({permissions: undefined, attached: [{name: 'p', document: doc(allow(condition))}]})),
	'the permissions boundary': (condition: ConditionElement) =>
		roleOf(withRole({boundary: {arn: 'arn:b', document: doc(allow(condition))}})),
	'the trust policy': (Condition: ConditionElement) => {
		const [statement] = trustPolicy.Statement as readonly Statement[];
		return roleOf(withRole({trust: doc({...statement!, Condition})}));
	},
	'the key policy': (Condition: ConditionElement) =>
		verdictOf('destination-key-policy', request, {
			...right,
			destination: {
				...right.destination,
				key: {
					state: 'existing',
					key: {
						arn: kmsKey,
						// Nobody's of this run: its policy is judged as it is, and not written.
						accountId: '777788889999',
						state: 'Enabled',
						manager: 'CUSTOMER',
						spec: 'SYMMETRIC_DEFAULT',
					},
					policy: {
						state: 'read',
						document: doc({...allow(Condition), Principal: {AWS: role.arn}}),
					},
				},
			},
		}),
	'a Deny of the bucket policy': (Condition: ConditionElement) =>
		verdictOf(
			'destination-denies',
			request,
			right,
			doc({Effect: 'Deny', Principal: '*', Action: 's3:Replicate*', Resource: '*', Condition}),
		),
} as const;

const unknownKeys = [
	'aws:PrincipalOrgID',
	'aws:ResourceOrgID',
	'aws:SourceVpce',
	'aws:SourceVpc',
	'aws:ViaAWSService',
	'aws:PrincipalTag/team',
	'aws:CurrentTime',
	'aws:SomethingNew',
];

describe.each(Object.entries(places))('a condition in %s', (_where, verdictWith) => {
	it.each(unknownKeys)('on %s is a warning that says who has to know it', (key) => {
		const verdict = verdictWith({StringEquals: {[key]: 'x'}});
		const {cause = '', nextSteps = []} = verdict?.problem ?? {};

		expect(verdict?.result).toBe('warning');
		expect(cause).toContain(`under the condition StringEquals ${key} x`);
		expect(cause).toMatch(/knows|know|document|depends/);
		expect(nextSteps.join(' ')).toContain('test file');
	});
});

describe('what is known decides', () => {
	const held = ['problem', 'role-held-back'] as const;
	const well = ['ok', undefined] as const;
	it.each<readonly [where: keyof typeof places, ConditionElement, result: string, code: string | undefined]>([
		[
			'the permissions boundary',
			{StringEquals: {'aws:RequestedRegion': ['us-east-1', 'us-west-2']}},
			...well,
		],
		['the permissions boundary', {StringEquals: {'aws:RequestedRegion': ['us-east-1']}}, ...held],
		['the permissions boundary', {StringEquals: {'aws:RequestedRegion': ['eu-west-1']}}, ...held],
		['the permissions boundary', {ArnLike: {'aws:PrincipalArn': role.arn}}, ...well],
		['the permissions boundary', {ArnNotLike: {'aws:PrincipalArn': role.arn}}, ...held],
		[
			'the permissions boundary',
			{StringEquals: {'aws:ResourceAccount': ['111122223333', '444455556666']}},
			...well,
		],
		['the permissions boundary', {StringEquals: {'aws:ResourceAccount': '111122223333'}}, ...held],
		['the permissions boundary', {Bool: {'aws:SecureTransport': 'true'}}, ...well],
		['the role’s policy', {StringEquals: {'aws:RequestedRegion': ['us-*']}}, 'problem', 'role-lacks'],
		['the role’s policy', {StringLike: {'aws:RequestedRegion': ['us-*']}}, ...well],
		[
			'the role’s policy',
			{
				StringLikeIfExists: {
					's3:x-amz-server-side-encryption': ['aws:kms', 'AES256'],
					's3:x-amz-server-side-encryption-aws-kms-key-id': [kmsKey],
				},
			},
			...well,
		],
		[
			'the trust policy',
			{StringEquals: {'aws:SourceAccount': '999999999999'}},
			'problem',
			'role-not-trusting-s3',
		],
		[
			'the trust policy',
			{ArnLike: {'aws:SourceArn': 'arn:aws:s3:::another-bucket'}},
			'problem',
			'role-not-trusting-s3',
		],
		['the trust policy', {StringEqualsIfExists: {'aws:SourceAccount': '111122223333'}}, ...well],
		[
			'the trust policy',
			{StringEquals: {'aws:SourceAccount': '111122223333'}},
			'warning',
			'role-perhaps-not-trusting-s3',
		],
		[
			'the trust policy',
			{ArnLike: {'aws:SourceArn': 'arn:aws:s3:::my-source-account'}},
			'warning',
			'role-perhaps-not-trusting-s3',
		],
		['the key policy', {StringEquals: {'kms:ViaService': 's3.us-west-2.amazonaws.com'}}, ...well],
		[
			'the key policy',
			{StringEquals: {'kms:ViaService': 's3.eu-west-1.amazonaws.com'}},
			'warning',
			'key-policy-without-role',
		],
		['the key policy', {StringEquals: {'kms:CallerAccount': '111122223333'}}, ...well],
		['a Deny of the bucket policy', {StringNotEquals: {'aws:RequestedRegion': 'us-west-2'}}, ...well],
		[
			'a Deny of the bucket policy',
			{StringNotEquals: {'aws:RequestedRegion': 'us-east-1'}},
			'problem',
			'role-denied',
		],
		['a Deny of the bucket policy', {ArnNotEquals: {'aws:PrincipalArn': role.arn}}, ...well],
		['a Deny of the bucket policy', {Bool: {'aws:SecureTransport': 'false'}}, ...well],
	])('in %s: %j', (where, condition, result, code) => {
		const verdict = places[where](condition);

		expect([verdict?.result, verdict?.problem?.code]).toEqual([result, code]);
	});
});

it('a role that may be changed gets without a condition what it has under one', () => {
	const observed = withRole({
		permissions: undefined,
		attached: [{name: 'p', document: doc(allow({StringEquals: {'aws:PrincipalOrgID': 'o-1'}}))}],
	});

	expect(verdictOf('role', {...request, keepsRole: false}, observed)).toMatchObject({result: 'ok'});
});
