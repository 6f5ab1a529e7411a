import {describe, expect, test} from 'vitest';
import type {Observed} from '../../source/domain/observed/observed.js';
import {operationLine, planTitle} from '../../source/domain/plan/plan-text.js';
import type {Plan} from '../../source/domain/plan/plan.js';
import {listOf, type PolicyDocument, type Statement, statementsOf} from '../../source/policy/document.js';
import {
	changesOf,
	crossAccount,
	crossRegion,
	emptyAccounts,
	everythingRight,
	operationOf,
	planOf,
} from './support/plan-values.js';

const trust = {
	Version: '2012-10-17',
	Statement: [{Effect: 'Allow', Principal: {Service: 's3.amazonaws.com'}, Action: 'sts:AssumeRole'}],
};

const description = 'Lets Amazon S3 replicate objects. Created by s3-replicate.';

/** The least that the S3 User Guide documents for live replication (docs/aws-facts.md, 3.3). */
function minPrivilege(source: string, destination: string): object {
	return {
		Version: '2012-10-17',
		Statement: [
			{
				Effect: 'Allow',
				Action: ['s3:GetReplicationConfiguration', 's3:ListBucket'],
				Resource: `arn:aws:s3:::${source}`,
			},
			{
				Effect: 'Allow',
				Action: ['s3:GetObjectVersionForReplication', 's3:GetObjectVersionAcl', 's3:GetObjectVersionTagging'],
				Resource: `arn:aws:s3:::${source}/*`,
			},
			{
				Effect: 'Allow',
				Action: ['s3:ReplicateObject', 's3:ReplicateDelete', 's3:ReplicateTags'],
				Resource: `arn:aws:s3:::${destination}/*`,
			},
		],
	};
}

describe('from nothing', () => {
	test('Cross-Region Replication is this plan', () => {
		const source = {side: 'source', account: '111122223333', region: 'us-east-1', target: 'my-us-east-1'};
		const destination = {...source, side: 'destination', region: 'us-west-2', target: 'my-us-west-2'};
		const role = {...source, region: 'aws-global', target: 's3crr_role_for_my-us-east-1'};
		expect(planOf(crossRegion, emptyAccounts(crossRegion))).toEqual({
			schemaVersion: 1,
			mode: 'cross-region',
			source: {profile: 'source', accountId: '111122223333', region: 'us-east-1', bucket: 'my-us-east-1'},
			destination: {
				profile: 'source',
				accountId: '111122223333',
				region: 'us-west-2',
				bucket: 'my-us-west-2',
			},
			roleName: 's3crr_role_for_my-us-east-1',
			ruleId: 'cross-region-rule',
			operations: [
				{
					...source,
					id: 'create-bucket:source',
					kind: 'create-bucket',
					change: 'create',
					requires: [],
					after: {Bucket: 'my-us-east-1', Region: 'us-east-1'},
				},
				{
					...destination,
					id: 'create-bucket:destination',
					kind: 'create-bucket',
					change: 'create',
					requires: [],
					after: {Bucket: 'my-us-west-2', Region: 'us-west-2'},
				},
				{
					...source,
					id: 'enable-versioning:source',
					kind: 'enable-versioning',
					change: 'create',
					requires: ['create-bucket:source'],
					before: undefined,
					after: {Status: 'Enabled'},
				},
				{
					...destination,
					id: 'enable-versioning:destination',
					kind: 'enable-versioning',
					change: 'create',
					requires: ['create-bucket:destination'],
					before: undefined,
					after: {Status: 'Enabled'},
				},
				{
					...role,
					id: 'create-role',
					kind: 'create-role',
					change: 'create',
					requires: [],
					after: {
						RoleName: 's3crr_role_for_my-us-east-1',
						Path: '/',
						Description: description,
						AssumeRolePolicyDocument: trust,
					},
				},
				{
					...role,
					id: 'put-role-policy',
					kind: 'put-role-policy',
					change: 'create',
					requires: ['create-role'],
					policyName: 's3-replicate+my-us-east-1+my-us-west-2',
					before: undefined,
					after: minPrivilege('my-us-east-1', 'my-us-west-2'),
				},
				{
					...source,
					id: 'put-replication',
					kind: 'put-replication',
					change: 'create',
					requires: [
						'create-bucket:source',
						'create-bucket:destination',
						'enable-versioning:source',
						'enable-versioning:destination',
						'create-role',
						'put-role-policy',
					],
					ruleId: 'cross-region-rule',
					before: undefined,
					after: {
						Role: 'arn:aws:iam::111122223333:role/s3crr_role_for_my-us-east-1',
						Rules: [
							{
								ID: 'cross-region-rule',
								Priority: 1,
								Status: 'Enabled',
								Filter: {},
								DeleteMarkerReplication: {Status: 'Disabled'},
								Destination: {Bucket: 'arn:aws:s3:::my-us-west-2'},
							},
						],
					},
				},
			],
		});
	});

	test('Cross-Account Replication is the same, with the other account’s id and a bucket policy of its own', () => {
		const plan = planOf(crossAccount, emptyAccounts(crossAccount));
		expect(plan).toMatchObject({
			mode: 'cross-account',
			source: {profile: 'source', accountId: '111122223333'},
			destination: {profile: 'destination', accountId: '444455556666'},
		});
		expect(plan.operations.map(({id, side, account, change}) => [id, side, account, change])).toEqual([
			['create-bucket:source', 'source', '111122223333', 'create'],
			['create-bucket:destination', 'destination', '444455556666', 'create'],
			['enable-versioning:source', 'source', '111122223333', 'create'],
			['enable-versioning:destination', 'destination', '444455556666', 'create'],
			['create-role', 'source', '111122223333', 'create'],
			['put-role-policy', 'source', '111122223333', 'create'],
			['put-bucket-policy', 'destination', '444455556666', 'create'],
			['put-replication', 'source', '111122223333', 'create'],
		]);
		expect(operationOf(plan, 'put-role-policy').after).toEqual(
			minPrivilege('my-source-account', 'my-destination-account'),
		);
		// S3 User Guide, replication-walkthrough-2 (docs/aws-facts.md, 4.1 and 4.2).
		expect(operationOf(plan, 'put-bucket-policy')).toEqual({
			id: 'put-bucket-policy',
			kind: 'put-bucket-policy',
			side: 'destination',
			target: 'my-destination-account',
			change: 'create',
			account: '444455556666',
			region: 'us-west-2',
			requires: ['create-bucket:destination', 'create-role'],
			before: undefined,
			after: {
				Version: '2012-10-17',
				Id: 'S3-Console-Replication-Policy',
				Statement: [
					{
						Sid: 'Set-permissions-for-objects',
						Effect: 'Allow',
						Principal: {AWS: 'arn:aws:iam::111122223333:role/s3-cross-account-rep'},
						Action: ['s3:ReplicateObject', 's3:ReplicateDelete'],
						Resource: 'arn:aws:s3:::my-destination-account/*',
					},
					{
						Sid: 'Set-permissions-on-bucket',
						Effect: 'Allow',
						Principal: {AWS: 'arn:aws:iam::111122223333:role/s3-cross-account-rep'},
						Action: ['s3:GetBucketVersioning', 's3:PutBucketVersioning'],
						Resource: 'arn:aws:s3:::my-destination-account',
					},
				],
			},
		});
		expect(operationOf(plan, 'put-replication').after.Rules).toEqual([
			expect.objectContaining({
				ID: 'cross-account-rule',
				Destination: {Bucket: 'arn:aws:s3:::my-destination-account', Account: '444455556666'},
			}),
		]);
	});

	test('in another partition every ARN is of that partition, and IAM is where it is there', () => {
		const request = {
			...crossRegion,
			source: {...crossRegion.source, region: 'cn-north-1'},
			destination: {...crossRegion.destination, region: 'cn-northwest-1'},
		};
		const caller = {accountId: '111122223333', arn: 'arn:aws-cn:iam::111122223333:root', partition: 'aws-cn'};
		const plan = planOf(request, {
			source: {caller, bucket: {state: 'absent'}},
			destination: {caller, bucket: {state: 'absent'}},
		});
		const text = JSON.stringify(plan);
		expect(text.match(/arn:[^:]+:/g)?.filter((start) => start !== 'arn:aws-cn:')).toEqual([]);
		expect(operationOf(plan, 'create-role').region).toBe('aws-cn-global');
	});

	test('two buckets in one region are planned, and called Same-Region Replication', () => {
		const request = {...crossRegion, destination: {...crossRegion.destination, region: 'us-east-1'}};
		expect(planTitle(planOf(request, emptyAccounts(request)))).toBe(
			'Same-Region Replication: my-us-east-1 (us-east-1) → my-us-west-2 (us-east-1)',
		);
	});
});

describe('the order of a plan', () => {
	test.each([crossRegion, crossAccount])('lets nothing wait for what comes later: $mode', (request) => {
		const {operations} = planOf(request, emptyAccounts(request));
		const ids = operations.map(({id}) => id);
		expect(new Set(ids).size).toBe(ids.length);
		const early = operations.flatMap(({requires}, index) =>
			requires.filter((id) => !ids.slice(0, index).includes(id)),
		);
		expect(early).toEqual([]);
	});

	test.each([crossRegion, crossAccount])('has the rule last, after everything else: $mode', (request) => {
		const {operations} = planOf(request, emptyAccounts(request));
		const last = operations.at(-1);
		expect(last?.kind).toBe('put-replication');
		expect(last?.requires).toEqual(operations.slice(0, -1).map(({id}) => id));
	});
});

describe('where everything is right', () => {
	test.each([crossRegion, crossAccount])(
		'all is kept, and what is kept is what is there: $mode',
		(request) => {
			const observed = everythingRight(request);
			const plan = planOf(request, observed);
			expect(new Set(plan.operations.map(({change}) => change))).toEqual(new Set(['keep']));
			expect(operationOf(plan, 'put-replication').after).toBe(observed.source.replication);
			expect(operationOf(plan, 'put-role-policy').after).toBe(observed.role?.permissions);
			expect(operationOf(plan, 'create-role').after.AssumeRolePolicyDocument).toBe(observed.role?.trust);
			expect(operationOf(plan, 'enable-versioning').before).toEqual({Status: 'Enabled'});
		},
	);

	test('the bucket policy that is kept is the very one that is there', () => {
		const observed = everythingRight(crossAccount);
		const kept = operationOf(planOf(crossAccount, observed), 'put-bucket-policy');
		expect(kept.after).toBe(observed.destination.policy);
	});

	test('a role policy with the same meaning in another spelling is kept as it is spelled', () => {
		const observed = everythingRight(crossRegion);
		const [reads, objects, writes] = statementsOf(observed.role?.permissions as PolicyDocument) as [
			Statement,
			Statement,
			Statement,
		];
		const permissions: PolicyDocument = {
			Version: '2012-10-17',
			Statement: [writes, {...reads, Action: [...listOf(reads.Action)].reverse()}, objects],
		};
		const role = {...(observed.role as NonNullable<Observed['role']>), permissions};
		const kept = operationOf(planOf(crossRegion, {...observed, role}), 'put-role-policy');
		expect(kept.change).toBe('keep');
		expect(kept.after).toBe(permissions);
	});

	test('the region need not be said again', () => {
		const request = {
			...crossRegion,
			source: {profile: 'source', bucket: 'my-us-east-1'},
			destination: {profile: 'source', bucket: 'my-us-west-2'},
		};
		const plan: Plan = planOf(request, everythingRight(crossRegion));
		expect([plan.source.region, plan.destination.region]).toEqual(['us-east-1', 'us-west-2']);
	});
});

describe('where something is otherwise', () => {
	test.each([
		['Suspended', {Status: 'Suspended'}],
		['Unversioned', {}],
	] as const)('versioning that is %s is updated, with what it was', (versioning, before) => {
		const observed = everythingRight(crossRegion);
		const plan = planOf(crossRegion, {
			...observed,
			destination: {...observed.destination, bucket: {state: 'owned', region: 'us-west-2', versioning}},
		});
		expect(operationOf(plan, 'enable-versioning', 'destination')).toMatchObject({change: 'update', before});
		expect(changesOf(plan)).toMatchObject({'enable-versioning:source': 'keep', 'put-replication': 'keep'});
	});

	test('a role that may do less is updated, with what it might before', () => {
		const observed = everythingRight(crossRegion);
		const permissions = {Version: '2012-10-17', Statement: []};
		const role = {...(observed.role as NonNullable<Observed['role']>), permissions};
		expect(operationOf(planOf(crossRegion, {...observed, role}), 'put-role-policy')).toMatchObject({
			change: 'update',
			before: permissions,
			after: minPrivilege('my-us-east-1', 'my-us-west-2'),
		});
	});

	test('a role shared with another pair keeps that pair’s policy: this pair’s has a name of its own', () => {
		const observed = everythingRight(crossRegion);
		const {arn, trust: present} = observed.role as NonNullable<Observed['role']>;
		const other = {...crossRegion, destination: {...crossRegion.destination, bucket: 'my-eu-west-1'}};
		const plan = planOf(other, {
			...emptyAccounts(other),
			role: {arn, trust: present, inline: [], attached: [], unread: []},
		});
		expect(changesOf(plan)).toMatchObject({'create-role': 'keep', 'put-role-policy': 'create'});
		expect(operationOf(plan, 'put-role-policy').policyName).not.toBe(
			operationOf(planOf(crossRegion, observed), 'put-role-policy').policyName,
		);
	});

	test('a role with a path is named by its real ARN in the bucket policy and in the rules', () => {
		const arn = 'arn:aws:iam::111122223333:role/service-role/s3-cross-account-rep';
		const plan = planOf(crossAccount, {
			...emptyAccounts(crossAccount),
			role: {
				arn,
				trust: {Version: '2012-10-17', Statement: trust.Statement[0] as never},
				inline: [],
				attached: [],
				unread: [],
			},
		});
		const {Statement} = operationOf(plan, 'put-bucket-policy').after;
		expect(Statement).toEqual([
			expect.objectContaining({Principal: {AWS: arn}}),
			expect.objectContaining({Principal: {AWS: arn}}),
		]);
		expect(operationOf(plan, 'put-replication').after.Role).toBe(arn);
		const role = operationOf(plan, 'create-role');
		expect(role).toMatchObject({change: 'keep', after: {Path: '/service-role/'}});
		expect(operationLine(role)).toContain('path /service-role/');
	});
});
