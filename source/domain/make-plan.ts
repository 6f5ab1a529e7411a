import {isSamePolicy} from '../policy/compare.js';
import {roleArn, rolePathOf} from './arn.js';
import {destinationPolicy} from './destination-policy.js';
import type {Side} from './mode.js';
import type {Observed} from './observed.js';
import {planProblems} from './plan-problems.js';
import type {
	Change,
	CreateBucket,
	CreateRole,
	EnableVersioning,
	PlannedOperation,
	Plan,
	PlannedEnd,
	PutBucketPolicy,
	PutReplication,
	PutRolePolicy,
} from './plan.js';
import type {Problem} from './problem.js';
import {mergeRule} from './merge-rule.js';
import {rolePermissions, trustPolicy} from './replication-policies.js';
import type {ReplicationRequest} from './request.js';
import {rolePolicyName} from './role-name.js';

export type PlanResult =
	{readonly ok: true; readonly plan: Plan} | {readonly ok: false; readonly problems: readonly Problem[]};

/**
 * What has to be done so that everything asked for is so, given what is there. Pure.
 * Gives every problem that must stop the run before its first write, all at once.
 */
export function makePlan(request: ReplicationRequest, observed: Observed): PlanResult {
	const problems = planProblems(request, observed);
	if (problems.length > 0) return {ok: false, problems};

	const source = plannedEnd(request, observed, 'source');
	const destination = plannedEnd(request, observed, 'destination');
	const {partition} = observed.source.caller;
	const arn = observed.role?.arn ?? roleArn(partition, source.accountId, request.roleName);
	const operations: PlannedOperation[] = [
		createBucket('source', source, observed),
		createBucket('destination', destination, observed),
		enableVersioning('source', source, observed),
		enableVersioning('destination', destination, observed),
		createRole(request, source, partition, observed),
		putRolePolicy(request, source, destination, partition, observed),
	];
	if (request.mode === 'cross-account')
		operations.push(putBucketPolicy(destination, partition, arn, observed));
	operations.push(putReplication(request, source, destination, partition, arn, observed, operations));

	return {
		ok: true,
		plan: {
			schemaVersion: 1,
			mode: request.mode,
			source,
			destination,
			roleName: request.roleName,
			ruleId: request.ruleId,
			operations,
		},
	};
}

function plannedEnd(request: ReplicationRequest, observed: Observed, side: Side): PlannedEnd {
	const {bucket, caller} = observed[side];
	const requested = request[side];
	const region = bucket.state === 'owned' ? bucket.region : (requested.region ?? '');
	return {profile: requested.profile, accountId: caller.accountId, region, bucket: requested.bucket};
}

function createBucket(side: Side, end: PlannedEnd, observed: Observed): CreateBucket {
	return {
		id: `create-bucket:${side}`,
		kind: 'create-bucket',
		side,
		target: end.bucket,
		change: observed[side].bucket.state === 'owned' ? 'keep' : 'create',
		account: end.accountId,
		region: end.region,
		requires: [],
		after: {Bucket: end.bucket, Region: end.region},
	};
}

function enableVersioning(side: Side, end: PlannedEnd, observed: Observed): EnableVersioning {
	const {bucket} = observed[side];
	const versioning = bucket.state === 'owned' ? bucket.versioning : undefined;
	const change: Change = versioning === undefined ? 'create' : versioning === 'Enabled' ? 'keep' : 'update';
	return {
		id: `enable-versioning:${side}`,
		kind: 'enable-versioning',
		side,
		target: end.bucket,
		change,
		account: end.accountId,
		region: end.region,
		requires: [`create-bucket:${side}`],
		before: versioning === undefined ? undefined : versioning === 'Unversioned' ? {} : {Status: versioning},
		after: {Status: 'Enabled'},
	};
}

function createRole(
	request: ReplicationRequest,
	source: PlannedEnd,
	partition: string,
	observed: Observed,
): CreateRole {
	return {
		id: 'create-role',
		kind: 'create-role',
		side: 'source',
		target: request.roleName,
		change: observed.role ? 'keep' : 'create',
		account: source.accountId,
		region: globalRegion(partition),
		requires: [],
		after: {
			RoleName: request.roleName,
			Path: observed.role ? rolePathOf(observed.role.arn) : '/',
			Description: 'Lets Amazon S3 replicate objects. Created by s3-replicate.',
			AssumeRolePolicyDocument: observed.role?.trust ?? trustPolicy,
		},
	};
}

function putRolePolicy(
	request: ReplicationRequest,
	source: PlannedEnd,
	destination: PlannedEnd,
	partition: string,
	observed: Observed,
): PutRolePolicy {
	const before = observed.role?.permissions;
	const wanted = rolePermissions(partition, source.bucket, destination.bucket);
	const isRight = before !== undefined && isSamePolicy(before, wanted);
	return {
		id: 'put-role-policy',
		kind: 'put-role-policy',
		side: 'source',
		target: request.roleName,
		change: before === undefined ? 'create' : isRight ? 'keep' : 'update',
		account: source.accountId,
		region: globalRegion(partition),
		requires: ['create-role'],
		policyName: rolePolicyName(source.bucket, destination.bucket),
		before,
		after: isRight ? before : wanted,
	};
}

function putBucketPolicy(
	destination: PlannedEnd,
	partition: string,
	principalArn: string,
	observed: Observed,
): PutBucketPolicy {
	const before = observed.destination.policy;
	const after = destinationPolicy(before, partition, destination.bucket, principalArn);
	return {
		id: 'put-bucket-policy',
		kind: 'put-bucket-policy',
		side: 'destination',
		target: destination.bucket,
		change: before === undefined ? 'create' : after === before ? 'keep' : 'update',
		account: destination.accountId,
		region: destination.region,
		requires: ['create-bucket:destination', 'create-role'],
		before,
		after,
	};
}

function putReplication(
	request: ReplicationRequest,
	source: PlannedEnd,
	destination: PlannedEnd,
	partition: string,
	arn: string,
	observed: Observed,
	earlier: readonly PlannedOperation[],
): PutReplication {
	const before = observed.source.replication;
	const after = mergeRule(before, arn, {
		id: request.ruleId,
		partition,
		destinationBucket: destination.bucket,
		destinationAccountId: request.mode === 'cross-account' ? destination.accountId : undefined,
	});
	return {
		id: 'put-replication',
		kind: 'put-replication',
		side: 'source',
		target: source.bucket,
		change: before === undefined ? 'create' : after === before ? 'keep' : 'update',
		account: source.accountId,
		region: source.region,
		// Last of all: from the rule on S3 replicates, and an object that comes too early is FAILED for good.
		requires: earlier.map((operation) => operation.id),
		ruleId: request.ruleId,
		before,
		after,
	};
}

/** The SDK's name for where a global service such as IAM answers. */
function globalRegion(partition: string): string {
	return `${partition}-global`;
}
