import type {ReplicationRequest} from '../answers/request.js';
import type {Observed} from '../observed/observed.js';
import type {RoleChoice} from '../role/choose-role.js';
import type {MergedRules} from '../rule/merge-rule.js';

/** One end of a planned replication: where every call for it goes. */
export type PlannedEnd = {
	readonly profile: string;
	readonly accountId: string;
	readonly region: string;
	readonly bucket: string;
};

/** What a kind is told to plan its operations: what was asked for, what is there, and what was decided of both. */
export type PlanContext = {
	readonly request: ReplicationRequest;
	readonly observed: Observed;
	readonly source: PlannedEnd;
	readonly destination: PlannedEnd;
	readonly choice: RoleChoice;
	readonly merged: Extract<MergedRules, {readonly ok: true}>;
	/** The ids of all operations that stand before it in the plan. */
	readonly earlier: readonly string[];
};
