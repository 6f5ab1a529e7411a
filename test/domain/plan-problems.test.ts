import {describe, expect, test} from 'vitest';
import {makePlan} from '../../source/domain/plan/make-plan.js';
import type {Observed} from '../../source/domain/observed/observed.js';
import type {ObservedKey} from '../../source/domain/observed/observed-key.js';
import {type PolicyDocument, type Statement, statementsOf} from '../../source/policy/document.js';
import type {ReplicationRule} from '../../source/domain/rule/replication-configuration.js';
import {
	crossAccount,
	crossRegion,
	destinationCaller,
	emptyAccounts,
	everythingRight,
	problemsOf,
	sourceCaller,
} from './support/plan-values.js';

const emptyHere = emptyAccounts(crossRegion);
const rightHere = everythingRight(crossRegion);
const rightRole = rightHere.role as NonNullable<Observed['role']>;
const rightRules = rightHere.source.replication as NonNullable<Observed['source']['replication']>;
const chinese = {...sourceCaller, partition: 'aws-cn'};

const schemaV1: ReplicationRule = {
	ID: 'old',
	Status: 'Enabled',
	Prefix: 'logs/',
	Destination: {Bucket: 'arn:aws:s3:::my-us-west-2'},
};

describe('what stops a run before its first write', () => {
	test.each<readonly [string, string, Parameters<typeof problemsOf>, RegExp]>([
		[
			'two profiles of one account for Cross-Account Replication',
			'one-account',
			[crossAccount, {...emptyAccounts(crossAccount), destination: emptyHere.destination}],
			/both belong to account 111122223333/,
		],
		[
			'profiles of two accounts for Cross-Region Replication',
			'two-accounts',
			[crossRegion, {...emptyHere, destination: {caller: destinationCaller, bucket: {state: 'absent'}}}],
			/belongs to account 111122223333, .* to 444455556666/,
		],
		[
			'profiles of two partitions',
			'two-partitions',
			[
				{...crossAccount, destination: {...crossAccount.destination, region: 'cn-north-1'}},
				{
					...emptyHere,
					destination: {caller: {...destinationCaller, partition: 'aws-cn'}, bucket: {state: 'absent'}},
				},
			],
			/is in aws, destination is in aws-cn/,
		],
		[
			'a source bucket of somebody else',
			'bucket-of-somebody-else',
			[crossRegion, {...emptyHere, source: {...emptyHere.source, bucket: {state: 'foreign'}}}],
			/account 111122223333 \(profile source\) does not own it/,
		],
		[
			'a destination bucket of somebody else',
			'bucket-of-somebody-else',
			[crossRegion, {...emptyHere, destination: {...emptyHere.destination, bucket: {state: 'foreign'}}}],
			/does not own it/,
		],
		[
			'a bucket that is in another region',
			'bucket-in-another-region',
			[
				crossRegion,
				{
					...emptyHere,
					source: {
						...emptyHere.source,
						bucket: {state: 'owned', region: 'eu-west-1', versioning: 'Enabled'},
					},
				},
			],
			/stays in the region it was created in/,
		],
		[
			'a bucket to be created nobody knows where',
			'missing-region',
			[{...crossRegion, source: {profile: 'source', bucket: 'my-us-east-1'}}, emptyHere],
			/There is no bucket my-us-east-1 yet/,
		],
		[
			'a region of another partition',
			'region-of-another-partition',
			[{...crossRegion, source: {...crossRegion.source, region: 'cn-north-1'}}, emptyHere],
			/Profile source is in the partition aws/,
		],
		[
			'a role that S3 may not assume',
			'role-not-trusting-s3',
			[
				crossRegion,
				{
					...emptyHere,
					role: {
						...rightRole,
						trust: {
							Version: '2012-10-17',
							Statement: [
								{Effect: 'Allow', Principal: {Service: 'ec2.amazonaws.com'}, Action: 'sts:AssumeRole'},
							],
						},
					},
				},
			],
			/does not let s3.amazonaws.com perform sts:AssumeRole/,
		],
		[
			'a role whose trust policy denies it',
			'role-not-trusting-s3',
			[
				crossRegion,
				{
					...emptyHere,
					role: {
						...rightRole,
						trust: {
							Version: '2012-10-17',
							Statement: [
								{Effect: 'Allow', Principal: {Service: 's3.amazonaws.com'}, Action: 'sts:AssumeRole'},
								{Effect: 'Deny', Principal: '*', Action: 'sts:*'},
							],
						},
					},
				},
			],
			/does not let s3.amazonaws.com/,
		],
		[
			'rules with another role that is not known to be extendable',
			'another-role',
			[
				crossRegion,
				{
					...rightHere,
					source: {
						...rightHere.source,
						replication: {...rightRules, Role: 'arn:aws:iam::111122223333:role/service-role/theirs'},
					},
					existingRole: {state: 'unreadable', cause: 'AccessDenied (iam:GetRole).'},
				},
			],
			/The existing one is arn:aws:iam::111122223333:role\/service-role\/theirs.*AccessDenied/,
		],
		[
			'a rule of that name that does something else',
			'rule-taken',
			[
				{...crossRegion, ruleId: 'old'},
				{...rightHere, source: {...rightHere.source, replication: {...rightRules, Rules: [schemaV1]}}},
			],
			/what begins with “logs\/” to my-us-west-2/,
		],
	])('%s: %s', (_what, code, [request, observed], cause) => {
		const problems = problemsOf(request, observed);
		expect(problems.map((problem) => problem.code)).toEqual([code]);
		expect(problems[0]?.kind).toBe('fixable');
		expect(problems[0]?.headline).toMatch(/^Cannot /);
		expect(problems[0]?.cause).toMatch(cause);
		expect(problems[0]?.nextSteps.length).toBeGreaterThan(0);
	});

	test('is said all at once, and there is no plan beside it', () => {
		const result = makePlan(
			{...crossAccount, source: {profile: 'a', bucket: 'one'}, ruleId: 'old'},
			{
				source: {
					caller: sourceCaller,
					bucket: {state: 'absent'},
					replication: {Role: 'arn:aws:iam::111122223333:role/theirs', Rules: [schemaV1]},
				},
				destination: {caller: chinese, bucket: {state: 'foreign'}},
			},
		);
		expect(result).not.toHaveProperty('plan');
		expect('problems' in result && result.problems.map(({code}) => code)).toEqual([
			'two-partitions',
			'one-account',
			'missing-region',
			'bucket-of-somebody-else',
			'another-role',
			'rule-taken',
		]);
	});
});

test('a bucket policy that would be longer than S3 takes stops the run, and one that stays as it is does not', () => {
	const long = {
		Sid: 'x'.repeat(20_400),
		Effect: 'Deny',
		Principal: '*',
		Action: 's3:*',
		Resource: '*',
	} as const;
	const right = everythingRight(crossAccount);
	const withPolicy = (Statement: PolicyDocument['Statement']): Observed => ({
		...right,
		destination: {...right.destination, policy: {Version: '2012-10-17', Statement}},
	});
	const [problem] = problemsOf(crossAccount, withPolicy([long]));
	expect(problem?.code).toBe('bucket-policy-too-long');
	expect(problem?.cause).toMatch(/would have 2\d{4} bytes; S3 takes 20480\./);
	const granted = statementsOf(right.destination.policy as PolicyDocument);
	expect(problemsOf(crossAccount, withPolicy([long, ...granted]))).toEqual([]);
});

/** Documented: KMS Developer Guide, "Resource quotas". */
test.each([
	['with the statement for the role is longer than KMS takes', [], ['key-policy-too-long']],
	['leaves the role to the IAM of another account', ['arn:aws:iam::111122223333:root'], []],
] as const)('a key policy that %s', (_what, principals, codes) => {
	const arn = 'arn:aws:kms:us-west-2:444455556666:key/134f2428-cec1-4b25-a1ae-9048164dba47';
	const letIn = (principal: string): Statement => ({
		Effect: 'Allow',
		Principal: {AWS: principal},
		Action: 'kms:*',
		Resource: '*',
	});
	const long: Statement = {...letIn('arn:aws:iam::444455556666:root'), Sid: 'x'.repeat(32_500)};
	const document = {Version: '2012-10-17', Statement: [long, ...principals.map(letIn)]};
	const right = everythingRight(crossAccount);
	const observed: Observed = {
		...right,
		destination: {
			...right.destination,
			key: {
				state: 'existing',
				key: {
					arn,
					accountId: '444455556666',
					manager: 'CUSTOMER',
					state: 'Enabled',
					spec: 'SYMMETRIC_DEFAULT',
				},
				policy: {state: 'read', document},
			},
		},
	};
	const problems = problemsOf({...crossAccount, rule: {kmsKey: arn}}, observed).filter(({code}) =>
		code.startsWith('key-policy'),
	);
	expect(problems.map(({code}) => code)).toEqual(codes);
	for (const {cause, headline} of problems) {
		expect(cause).toMatch(/would have 3[23]\d{3} bytes, and KMS takes at most 32768\./);
		expect(headline).toContain(arn);
	}
});

/** Documented: KMS Developer Guide, "Resource quotas". Both ways write into the key that the destination bucket encrypts with. */
test.each([
	['has room for both ways', 600, []],
	['has room for one way only', 300, ['key-policy-too-long']],
	['has room for none, and says so of each way', 50, ['key-policy-too-long']],
] as const)('a key policy that %s', (_what, roomBytes, codes) => {
	const keyOf = (
		account: string,
		region: string,
		document: PolicyDocument,
	): Extract<ObservedKey, {readonly state: 'existing'}> => ({
		state: 'existing',
		key: {
			arn: `arn:aws:kms:${region}:${account}:key/134f2428-cec1-4b25-a1ae-9048164dba47`,
			accountId: account,
			manager: 'CUSTOMER',
			state: 'Enabled',
			spec: 'SYMMETRIC_DEFAULT',
		},
		policy: {state: 'read', document},
	});
	const statement = (sid: string): Statement => ({
		Sid: sid,
		Effect: 'Allow',
		Principal: {AWS: 'arn:aws:iam::444455556666:user/other'},
		Action: 'kms:*',
		Resource: '*',
	});
	const documentOf = (sid: string): PolicyDocument => ({Version: '2012-10-17', Statement: [statement(sid)]});
	const bytes = JSON.stringify(documentOf('')).length;
	const shared = keyOf('444455556666', 'us-west-2', documentOf('x'.repeat(32_768 - roomBytes - bytes)));
	const home = keyOf('111122223333', 'us-east-1', documentOf('theirs'));
	const right = everythingRight(crossAccount);
	const {source, destination} = right;
	const observed: Observed = {
		...right,
		source: {...source, key: home},
		destination: {...destination, key: shared},
		back: {
			source: {caller: destination.caller, bucket: destination.bucket, key: shared},
			destination: {caller: source.caller, bucket: source.bucket, key: home},
		},
	};
	const request = {...crossAccount, rule: {kmsKey: shared.key.arn}, back: {kmsKey: home.key.arn}};
	const found = problemsOf(request, observed).filter(({code}) => code.startsWith('key-policy'));
	expect(found.map(({code}) => code)).toEqual(codes);
	for (const {cause} of found)
		expect(cause).toMatch(/would have 3[23]\d{3} bytes, and KMS takes at most 32768\./);
	expect(found.filter(({cause}) => cause.includes('for both ways'))).toHaveLength(roomBytes === 300 ? 1 : 0);
});

describe('what is no problem', () => {
	test('is a trust policy that lets S3 in beside others', () => {
		const trust = {
			Version: '2012-10-17',
			Statement: {
				Effect: 'Allow',
				Principal: {Service: ['batchoperations.s3.amazonaws.com', 's3.amazonaws.com']},
				Action: 'sts:AssumeRole',
			},
		} as const;
		expect(problemsOf(crossRegion, {...emptyHere, role: {...rightRole, trust}})).toEqual([]);
	});

	test('is a configuration whose role has a path, where that is the role asked for', () => {
		const arn = 'arn:aws:iam::111122223333:role/service-role/s3crr_role_for_my-us-east-1';
		expect(
			problemsOf(crossRegion, {
				...rightHere,
				source: {...rightHere.source, replication: {...rightRules, Role: arn}},
				role: {...rightRole, arn},
			}),
		).toEqual([]);
	});

	test('is a bucket that exists, with or without its region', () => {
		expect(problemsOf(crossRegion, rightHere)).toEqual([]);
		const request = {...crossRegion, source: {profile: 'source', bucket: 'my-us-east-1'}};
		expect(problemsOf(request, rightHere)).toEqual([]);
	});
});
