import {expect, it} from 'vitest';
import type {Reading} from '../../source/domain/checks/readings.js';
import type {SimulatedDecision} from '../../source/domain/checks/simulated-permission.js';
import {weighPermissions} from '../../source/domain/checks/weigh-permissions.js';
import {fixable} from '../../source/domain/problem.js';
import type {PolicyDocument, Statement} from '../../source/policy/document.js';

const arn = 'arn:aws:iam::111122223333:user/me';
const resource = 'arn:aws:kms:us-west-2:111122223333:key/134f2428-cec1-4b25-a1ae-9048164dba47';
const action = 'kms:PutKeyPolicy';

const unread = {isRead: false, problem: fixable('x', 'Cannot read', 'Refused.', ['Ask.'])} as const;

const policyOf = (...statements: readonly Statement[]): Reading<PolicyDocument> => ({
	isRead: true,
	value: {Version: '2012-10-17', Statement: statements},
});

const letting = (principal: string, more: Partial<Statement> = {}): Statement => ({
	Effect: 'Allow',
	Principal: {AWS: principal},
	Action: 'kms:*',
	Resource: '*',
	...more,
});

const leftToIam = letting('arn:aws:iam::111122223333:root');
const others = letting('arn:aws:iam::111122223333:role/admin');
const own = letting(arn);
const sometimes = letting(arn, {
	Effect: 'Deny',
	Condition: {StringEquals: {'aws:PrincipalOrgID': 'o-a1b2c3d4e5'}},
});

/** Documented: KMS Developer Guide, "Determining access to AWS KMS keys", "Default key policy". */
it.each<
	readonly [
		string,
		Reading<PolicyDocument> | undefined,
		SimulatedDecision | 'not asked',
		ReturnType<typeof weighPermissions>['result'],
	]
>([
	['leaves it to IAM, which allows', policyOf(leftToIam), 'allowed', 'ok'],
	['leaves it to IAM, which does not', policyOf(leftToIam), 'implicitDeny', 'problem'],
	['leaves it to IAM, which cannot be asked', policyOf(leftToIam), 'not asked', 'unknown'],
	['names the caller, and IAM says nothing', policyOf(own), 'implicitDeny', 'ok'],
	['names the caller, whom IAM denies', policyOf(own), 'explicitDeny', 'problem'],
	['names the caller, and IAM cannot be asked', policyOf(own), 'not asked', 'ok'],
	['names others only: what IAM allows is nothing', policyOf(others), 'allowed', 'problem'],
	['denies on what nobody knows', policyOf(leftToIam, sometimes), 'allowed', 'unknown'],
	['may not be read, and IAM allows', unread, 'allowed', 'unknown'],
	['may not be read, and IAM cannot be asked', unread, 'not asked', 'unknown'],
	['was not looked at, and IAM cannot be asked', undefined, 'not asked', 'unknown'],
])('a key whose policy %s: %4$s', (_which, keyPolicy, decision, result) => {
	const simulated =
		decision === 'not asked'
			? unread
			: {
					isRead: true as const,
					value: {
						principalArn: arn,
						permissions: [{action, resource, decision, missingContext: [], policies: []}],
					},
				};
	const verdict = weighPermissions({
		caller: {arn, accountId: '111122223333', partition: 'aws'},
		actions: [action],
		resource,
		simulated,
		...(keyPolicy === undefined ? {} : {keyPolicy}),
		done: [],
		consequence: 'Nothing works.',
		isVital: true,
	});
	expect(verdict.result).toBe(result);
});
