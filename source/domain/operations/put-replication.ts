import type {ReplicationConfiguration} from '../rule/replication-configuration.js';
import type {OperationBase, PlannedKind} from './kind.js';

export type PutReplication = OperationBase & {
	readonly kind: 'put-replication';
	readonly ruleId: string;
	readonly before?: ReplicationConfiguration;
	readonly after: ReplicationConfiguration;
};

export const putReplication: PlannedKind<PutReplication> = {
	kind: 'put-replication',
	words: {plan: 'Put replication rule', doing: 'Putting replication rule', done: 'Replication rule put'},
	noun: 'the replication configuration of',
	detail: ({ruleId, before, after}) =>
		`rule ${ruleId}, ${before?.Rules.length ?? 0} → ${after.Rules.length} rules`,
	remaining: {noun: 'rule'},
	// PassRole is no call of its own: S3 asks for it when it is given the role (IAM User Guide, id_roles_use_passrole).
	needs: {bucket: ['s3:PutReplicationConfiguration'], role: ['iam:PassRole']},
	mayBeAt: (side) => side === 'source',
	takesEffectLate: false,
	undoReadings: ['replication'],
};
