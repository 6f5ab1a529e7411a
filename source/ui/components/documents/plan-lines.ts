import {sides, type Side} from '../../../domain/answers/mode.js';
import type {Plan} from '../../../domain/plan/plan.js';
import type {Operation} from '../../../domain/operations/registry.js';

/** A line of the list: the head of an account's operations, or an operation. */
export type PlanLine =
	| {readonly type: 'head'; readonly side: Side; readonly account: string; readonly profile: string}
	| {readonly type: 'operation'; readonly operation: Operation};

/** The operations of a plan by the account in which they happen, the source first, each group in the plan's order. */
export const planLines = (plan: Plan): readonly PlanLine[] =>
	sides.flatMap((side): readonly PlanLine[] => {
		const operations = plan.operations.filter((operation) => operation.side === side);
		const {accountId: account, profile} = plan[side];
		return operations.length === 0
			? []
			: [
					{type: 'head', side, account, profile},
					...operations.map((operation): PlanLine => ({type: 'operation', operation})),
				];
	});
