import type {Plan} from '../../domain/plan/plan.js';
import type {Connections} from '../connections.js';
import type {GuardContext} from '../guarded/guarded-write.js';
import type {CreatedTargets} from './created-targets.js';

/** What the runner of an operation is given. */
export type OperationContext = GuardContext & {
	readonly plan: Plan;
	readonly connections: Connections;
	readonly createdTargets: CreatedTargets;
	/** What is put into the report folder, by its key: a manifest of one's own. */
	readonly manifests?: ReadonlyMap<string, Uint8Array>;
};
