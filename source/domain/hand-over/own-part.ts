import type {Side} from '../answers/mode.js';
import type {OthersEnd} from './others-end.js';
import {plannedKindOf} from '../operations/registry.js';
import type {Plan} from '../plan/plan.js';

/**
 * The part of a plan that one side's credentials do. What the other side has to do is named, and done by its owner. Pure.
 */
export function ownPartOf(plan: Plan, side: Side, {isWaitedFor = false}: Partial<OthersEnd> = {}): Plan {
	const operations = plan.operations.filter(
		(operation) => operation.side === side && !(isWaitedFor && plannedKindOf(operation.kind).rulesIn),
	);
	const ids = new Set(operations.map(({id}) => id));
	return {
		...plan,
		// Of what the owner of the source has left to do the other side sees nothing.
		others: side === 'source' ? plan.operations.filter((operation) => operation.side !== side) : [],
		operations: operations.map((operation) => ({
			...operation,
			requires: operation.requires.filter((id) => ids.has(id)),
		})),
	};
}
