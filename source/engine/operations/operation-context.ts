import type {Plan} from '../../domain/plan.js';
import type {Connections} from '../connections.js';
import type {RunnerContext} from '../run-operations.js';

/** What the runner of an operation is given. */
export type OperationContext = RunnerContext & {
	readonly plan: Plan;
	readonly connections: Connections;
	/** When applying began, in milliseconds since 1970: what the plan was made from is as old as that. */
	readonly startedAt: number;
};
