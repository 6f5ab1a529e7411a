import {roleNameOf} from '../arn.js';
import {chooseRole, type RoleChoice} from '../role/choose-role.js';
import {destinationPolicy, policyNotes} from '../role/destination-policy.js';
import {mergeProblem} from '../rule/merge-problem.js';
import {mergeRule, type MergedRules} from '../rule/merge-rule.js';
import type {Side} from '../answers/mode.js';
import type {Observed} from '../observed/observed.js';
import {planProblems} from './plan-problems.js';
import type {Plan, PlannedEnd} from './plan.js';
import type {Change} from '../operations/kind.js';
import type {CreateBucket} from '../operations/create-bucket.js';
import type {EnableVersioning} from '../operations/enable-versioning.js';
import type {PlannedOperation} from '../operations/registry.js';
import type {PutBucketPolicy} from '../operations/put-bucket-policy.js';
import type {PutReplication} from '../operations/put-replication.js';
import type {Problem} from '../problem.js';
import {planRole, planRolePolicies} from '../role/plan-role.js';
import type {ReplicationRequest} from '../answers/request.js';
import type {Need} from '../role/duties.js';
import {bucketPolicyNeeds, roleDuties} from '../role/role-duties.js';
import {wantedRule} from '../rule/wanted-rule.js';

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
	const choice = chooseRole(request, observed);
	const merged = mergeRule(observed.source.replication, choice.arn, wantedRule(request, observed));
	if (!merged.ok) return {ok: false, problems: [mergeProblem(request, merged)]};
	const operations: PlannedOperation[] = [
		createBucket('source', source, observed),
		createBucket('destination', destination, observed),
		enableVersioning('source', source, observed),
		enableVersioning('destination', destination, observed),
		planRole(request, observed.source.caller, choice),
		...planRolePolicies(request, observed.source.caller, choice, roleDuties(request, observed, choice)),
	];
	if (request.mode === 'cross-account')
		operations.push(
			putBucketPolicy(destination, bucketPolicyNeeds(request, observed, choice), choice.arn, observed),
		);
	operations.push(putReplication(source, observed, merged, choice, operations));

	return {
		ok: true,
		plan: {
			schemaVersion: 1,
			mode: request.mode,
			source,
			destination,
			roleName: choice.name,
			ruleId: merged.ruleId,
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

function putBucketPolicy(
	destination: PlannedEnd,
	needs: readonly Need[],
	principalArn: string,
	observed: Observed,
): PutBucketPolicy {
	const before = observed.destination.policy;
	const after = destinationPolicy(before, needs, principalArn);
	const notes = policyNotes(before, needs, principalArn);
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
		...(notes.length === 0 ? {} : {notes}),
	};
}

function putReplication(
	source: PlannedEnd,
	observed: Observed,
	{configuration: after, ruleId, notes}: Extract<MergedRules, {readonly ok: true}>,
	{takesOver, arn}: RoleChoice,
	earlier: readonly PlannedOperation[],
): PutReplication {
	const before = observed.source.replication;
	const allNotes =
		before && before.Role !== arn
			? [
					`The role of all rules becomes ${roleNameOf(arn)}; until now it is ${before.Role}${fateOf(observed)}.${takesOver.length === 0 ? '' : ` It gets what ${takesOver.map(({ID: id}) => id ?? '').join(', ')} need, too.`}`,
					...notes,
				]
			: notes;
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
		ruleId,
		before,
		after,
		...(allNotes.length === 0 ? {} : {notes: allNotes}),
	};
}

/** Why the role that the rules name now cannot serve them, where that is known. */
function fateOf({presentRole}: Observed): string {
	if (presentRole?.state === 'deleted') return ', which does not exist';
	return presentRole?.state === 'foreign' ? ', which is of another account' : '';
}
