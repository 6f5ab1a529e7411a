import type {ReplicationConfiguration} from '../rule/replication-configuration.js';
import type {Kind, OperationBase} from './kind.js';

export type RestoreReplication = OperationBase & {
	readonly kind: 'restore-replication';
	readonly before?: ReplicationConfiguration;
	/** `null`: there was none, and none is left. */
	readonly after: ReplicationConfiguration | null;
};

export const restoreReplication: Kind<RestoreReplication> = {
	kind: 'restore-replication',
	words: {plan: 'Restore replication', doing: 'Restoring replication', done: 'Replication restored'},
	noun: 'the replication configuration of',
	detail: ({before, after}) => `${before?.Rules.length ?? 0} → ${after?.Rules.length ?? 0} rules`,
};
