import type {RunEvent} from '../domain/event.js';
import type {Plan, PlannedOperation} from '../domain/plan.js';
import type {Clock} from './clock.js';
import type {Connections} from './connections.js';
import {runOperation} from './operations/run-operation.js';
import {runOperations} from './run-operations.js';

export type ApplyOptions = {
	readonly plan: Plan;
	readonly connections: Connections;
	readonly clock: Clock;
	/** Stops safely: no operation is begun any more, waits end, calls under way are finished. */
	readonly signal: AbortSignal;
};

/** Does what the plan says, and tells of every step. */
export function apply({plan, connections, clock, signal}: ApplyOptions): AsyncGenerator<RunEvent, void> {
	return runOperations<PlannedOperation>({
		operations: plan.operations,
		run: async (operation, context) => runOperation(operation, {...context, plan, connections}),
		clock,
		signal,
	});
}
