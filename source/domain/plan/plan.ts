import type {Mode} from '../answers/mode.js';
import type {PlannedEnd} from '../operations/plan-context.js';
import type {PlannedOperation} from '../operations/registry.js';

/** What a run does, as data: serialisable, and what is shown is what is applied. */
export type Plan = {
	readonly schemaVersion: 1;
	readonly mode: Mode;
	readonly source: PlannedEnd;
	readonly destination: PlannedEnd;
	readonly roleName: string;
	readonly ruleId: string;
	/** What is said of objects that exist already, which its rule will not copy. */
	readonly existing?: string;
	/** What stands in the place of what is replicated to where, where a plan does something else. */
	readonly title?: string;
	/** The rule and the role of the way back, in a two-way set-up. */
	readonly back?: {readonly ruleId: string; readonly roleName: string};
	readonly operations: readonly PlannedOperation[];
	/** What the owner of the other side has to do, where nobody here has its credentials. */
	readonly others?: readonly PlannedOperation[];
};

/** How many operations change something. */
export function changeCount(plan: Plan): number {
	return plan.operations.filter((operation) => operation.change !== 'keep').length;
}
