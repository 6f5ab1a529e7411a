import type {Side} from '../answers/mode.js';
import type {Plan} from '../plan/plan.js';

/**
 * The part of a plan that one side's credentials do. What the other side has to do is named, and done by its owner. Pure.
 */
export function ownPartOf(plan: Plan, side: Side): Plan {
	const operations = plan.operations.filter((operation) => operation.side === side);
	const ids = new Set(operations.map(({id}) => id));
	return {
		...plan,
		others: plan.operations.filter((operation) => operation.side !== side),
		operations: operations.map((operation) => ({
			...operation,
			requires: operation.requires.filter((id) => ids.has(id)),
		})),
	};
}
