import type {Mode} from '../answers/mode.js';
import type {PlannedOperation} from '../operations/registry.js';

/** One end of a planned replication: where every call for it goes. */
export type PlannedEnd = {
	readonly profile: string;
	readonly accountId: string;
	readonly region: string;
	readonly bucket: string;
};

/** What a run does, as data: serialisable, and what is shown is what is applied. */
export type Plan = {
	readonly schemaVersion: 1;
	readonly mode: Mode;
	readonly source: PlannedEnd;
	readonly destination: PlannedEnd;
	readonly roleName: string;
	readonly ruleId: string;
	readonly operations: readonly PlannedOperation[];
};

/** How many operations change something. */
export function changeCount(plan: Plan): number {
	return plan.operations.filter((operation) => operation.change !== 'keep').length;
}
