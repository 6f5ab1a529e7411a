import type {ReplicationRule} from './replication-configuration.js';

/** A rule as sentences name it: its ID, which rules need not have. */
export const ruleName = ({ID: id}: Pick<ReplicationRule, 'ID'>): string => id ?? 'without a name';
