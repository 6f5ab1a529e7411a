import type {Plan} from '../../domain/plan/plan.js';
import type {Connections} from '../connections.js';
import type {GuardContext} from '../guarded/guarded-write.js';
import type {Clock} from '../clock.js';
import {waits} from '../waits.js';

/** What the runner of an operation is given. */
export type OperationContext = GuardContext & {
	readonly plan: Plan;
	readonly connections: Connections;
	readonly createdTargets: CreatedTargets;
	/** What is put into the report folder, by its key: a manifest of one's own. */
	readonly manifests?: ReadonlyMap<string, Uint8Array>;
};

/** What a run has just created: nobody has had the time to write into it. */
type CreatedTargets = {
	readonly created: (operationId: string) => void;
	/** Whether the operation has just created something new. */
	readonly isNew: (operationId: string) => boolean;
};

export function createdTargets(clock: Clock): CreatedTargets {
	const createdAt = new Map<string, number>();
	return {
		created(operationId) {
			createdAt.set(operationId, clock.now());
		},
		isNew(operationId) {
			const at = createdAt.get(operationId);
			return at !== undefined && clock.now() - at < waits.stillNew.limitMs;
		},
	};
}
