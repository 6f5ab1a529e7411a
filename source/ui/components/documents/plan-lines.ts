import {sides, type Side} from '../../../domain/answers/mode.js';
import type {Plan} from '../../../domain/plan/plan.js';
import type {Operation} from '../../../domain/operations/registry.js';

/** A line of the list: the head of an account's operations, or an operation. */
export type PlanLine =
	| {
			readonly type: 'head';
			readonly side: Side;
			/** In a two-way plan: whether the group is of the way back alone. */
			readonly direction?: 'there' | 'back';
			readonly account: string;
			readonly profile: string;
	  }
	| {readonly type: 'operation'; readonly operation: Operation};

/** The operation that the eye goes to first: what is right already needs nobody's eye. Nothing where that is the first one anyway. */
export const firstChange = (operations: readonly Operation[]): string | undefined => {
	const index = operations.findIndex(({change}) => change !== 'keep');
	return index > 0 ? operations[index]?.id : undefined;
};

/**
 * The operations of a plan by the account in which they happen, the source first, each group in the plan's order. Those that only the way back
 * of a two-way set-up needs come last, in groups of their own.
 */
export const planLines = (plan: Plan): readonly PlanLine[] =>
	(plan.back ? (['there', 'back'] as const) : [undefined]).flatMap((direction) =>
		sides.flatMap((side): readonly PlanLine[] => {
			const isBack = direction === 'back';
			const operations = plan.operations.filter(
				(operation) => operation.side === side && (operation.direction === 'back') === isBack,
			);
			const {accountId: account, profile} = plan[side];
			return operations.length === 0
				? []
				: [
						{type: 'head', side, ...(direction === undefined ? {} : {direction}), account, profile},
						...operations.map((operation): PlanLine => ({type: 'operation', operation})),
					];
		}),
	);
