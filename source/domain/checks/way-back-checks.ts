import {saidOfWayBack} from '../answers/said-of-way-back.js';
import type {Observed} from '../observed/observed.js';
import {plannedKindOf} from '../operations/registry.js';
import {type PlanResult, planWays} from '../plan/make-plan.js';
import type {ReplicationRequest} from '../answers/request.js';
import {isToldElsewhere} from './checked-elsewhere.js';
import type {CheckDefinition} from './define-check.js';

/** A check as it is made of the way back: its id is suffixed as those of operations are, and options are named that are about that way. */
export function ofWayBack(definition: CheckDefinition): CheckDefinition {
	return {
		...definition,
		id: `${definition.id}:back`,
		direction: 'back',
		decide(context, readings) {
			const verdict = definition.decide(context, readings);
			return {...verdict, problem: verdict.problem && saidOfWayBack(verdict.problem)};
		},
	};
}

/**
 * What the checks of each way are told of the plan. Those there get the plan of both ways: it is what will be done. What keeps only the way
 * back from being planned is left to its own checks, so that each problem is told once. Pure.
 */
export function plannedByWay(
	request: ReplicationRequest,
	observed: Observed,
	planned: PlanResult,
): {readonly there: PlanResult; readonly back: PlanResult} {
	const ways = planWays(request, observed);
	const back = ways.back ?? ways.there;
	if (!planned.ok) {
		const known = new Set(ways.there.ok ? [] : ways.there.problems.map(({headline}) => headline));
		const problems = planned.problems.filter(
			(problem) => known.has(problem.headline) || !isToldElsewhere(problem),
		);
		return {there: {ok: false, problems}, back};
	}

	if (!back.ok) return {there: planned, back};
	const own = new Set(
		planned.plan.operations.flatMap(({id, direction}) => (direction === 'back' ? [id] : [])),
	);
	// What both ways need is done on the way there; a key's policy is judged as it will be, whoever writes it.
	const operations = back.plan.operations.map((operation) =>
		own.has(`${operation.id}:back`) || plannedKindOf(operation.kind).on === 'key'
			? operation
			: {...operation, change: 'keep' as const},
	);
	return {there: planned, back: {ok: true, plan: {...back.plan, operations}}};
}
