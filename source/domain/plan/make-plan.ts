import type {Side} from '../answers/mode.js';
import type {ReplicationRequest} from '../answers/request.js';
import {saidOfWayBack} from '../answers/said-of-way-back.js';
import {otherSide, requestBack} from '../answers/way-back.js';
import type {Observed} from '../observed/observed.js';
import type {PlannedEnd} from '../operations/plan-context.js';
import {allPlannedKinds, plannedKindOf, type PlannedOperation} from '../operations/registry.js';
import type {Problem} from '../problem.js';
import {chooseRole} from '../role/choose-role.js';
import {rolePolicySizeProblems} from '../role/role-policy-size-problems.js';
import {keyPolicyProblemsTogether} from './key-problems.js';
import {planProblems} from './plan-problems.js';
import {plannedRules} from './planned-rules.js';
import type {Plan} from './plan.js';
import {isSameValue} from '../same-value.js';

export type PlanResult =
	| {readonly ok: true; readonly plan: Plan}
	| {readonly ok: false; readonly problems: readonly Problem[]};

/**
 * What has to be done so that everything asked for is so, given what is there. Pure.
 * Gives every problem that must stop the run before its first write, all at once.
 */
export function makePlan(request: ReplicationRequest, observed: Observed): PlanResult {
	const {there, back: backwards} = planWays(request, observed);
	if (!there.ok || (backwards && !backwards.ok)) {
		return {
			ok: false,
			problems: eachOnce([
				...(there.ok ? [] : there.problems),
				...(!backwards || backwards.ok ? [] : backwards.problems),
			]),
		};
	}

	const {plan} = there;
	if (!backwards) return there;
	const {ruleId, roleName, operations} = backwards.plan;
	return {
		ok: true,
		plan: {
			...plan,
			back: {ruleId, roleName},
			operations: mergeDirections(plan.operations, operations),
		},
	};
}

/** The plan of each way by itself; the way back is there in a two-way set-up only. Pure. */
export function planWays(
	asked: ReplicationRequest,
	observed: Observed,
): {readonly there: PlanResult; readonly back?: PlanResult} {
	const request = lockedAlike(asked, observed);
	const back = requestBack(request);
	const there = planDirection(request, observed);
	if (!back || !observed.back) return {there};
	const alone = planDirection(back, observed.back);
	const together =
		there.ok && alone.ok
			? [
					...sharedRoleProblems(request, back, observed, observed.back),
					...keyPolicyProblemsTogether({request, observed}, {request: back, observed: observed.back}),
				]
			: [];
	const result: PlanResult = together.length > 0 ? {ok: false, problems: together} : alone;
	return {there, back: result.ok ? result : {ok: false, problems: result.problems.map(saidOfWayBack)}};
}

/**
 * In a two-way set-up each end is the source of the other: one with Object Lock asks for it at the other end, too.
 * Source: S3 User Guide, "Requirements and considerations for replication".
 */
function lockedAlike(request: ReplicationRequest, {source, back}: Observed): ReplicationRequest {
	const isLocked = [source.objectLock, back?.source.objectLock].some((lock) => lock?.isEnabled);
	return request.back && isLocked ? {...request, objectLock: true} : request;
}

/** One role may serve both ways: its policies of both have to fit into it. */
function sharedRoleProblems(
	request: ReplicationRequest,
	back: ReplicationRequest,
	observed: Observed,
	observedBack: Observed,
): readonly Problem[] {
	const there = chooseRole(request, observed);
	const other = chooseRole(back, observedBack);
	if (there.arn !== other.arn || there.isGiven || request.keepsRole) return [];
	return rolePolicySizeProblems(
		[
			{request, observed, choice: there},
			{request: back, observed: observedBack, choice: other},
		],
		there,
	);
}

/** What is wrong with a bucket that both directions need is said once. */
function eachOnce(problems: readonly Problem[]): readonly Problem[] {
	return [...new Map(problems.map((problem) => [`${problem.code} ${problem.headline}`, problem])).values()];
}

/** The plan of one direction by itself. */
function planDirection(request: ReplicationRequest, observed: Observed): PlanResult {
	const problems = planProblems(request, observed);
	if (problems.length > 0) return {ok: false, problems};

	const source = plannedEnd(request, observed, 'source');
	const destination = plannedEnd(request, observed, 'destination');
	const choice = chooseRole(request, observed);
	const merged = plannedRules(request, observed);
	if (!merged.ok) return {ok: false, problems: [merged.problem]};
	const context = {request, observed, source, destination, choice, merged};
	const operations: PlannedOperation[] = [];
	for (const kind of allPlannedKinds())
		operations.push(...kind.plan({...context, earlier: operations.map(({id}) => id)}));

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

/**
 * The operations of both directions as one plan: first those there with what both share, then those that only the way back needs. Buckets,
 * their versioning and a role that serves both appear once. Pure.
 */
function mergeDirections(
	there: readonly PlannedOperation[],
	back: readonly PlannedOperation[],
): readonly PlannedOperation[] {
	const ids = new Map<string, string>();
	const own: PlannedOperation[] = [];
	for (const operation of back) {
		const shared = there.find(
			(other) => isSameTarget(other, operation) && isSameValue(other.after, operation.after),
		);
		ids.set(operation.id, shared?.id ?? `${operation.id}:back`);
		if (!shared) own.push(operation);
	}

	return [
		...there,
		...own.map((operation) => ({
			...operation,
			id: `${operation.id}:back`,
			side: otherSide(operation.side),
			direction: 'back' as const,
			// A key's policy that both write differently is merged anew: one after the other.
			requires: [
				...operation.requires.map((id) => ids.get(id) ?? id),
				...there.filter((other) => isSameTarget(other, operation)).map(({id}) => id),
			],
		})),
	];
}

function isSameTarget(left: PlannedOperation, right: PlannedOperation): boolean {
	return (
		left.kind === right.kind &&
		left.target === right.target &&
		left.account === right.account &&
		partOf(left) === partOf(right)
	);
}

const partOf = (operation: PlannedOperation): string =>
	plannedKindOf(operation.kind).partOf?.(operation) ?? '';
