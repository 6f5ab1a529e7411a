import {roleNameOf} from '../arn.js';
import type {Observed} from '../observed/observed.js';
import type {PlanContext} from './plan-context.js';
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
	undoNeeds: {},
	plan: (context) => [ruleFor(context)],
	mayBeAt: (side) => side === 'source',
	takesEffectLate: false,
	undoReadings: ['replication'],
};

function ruleFor({
	source,
	observed,
	merged: {configuration: after, ruleId, notes},
	choice: {takesOver, arn},
	earlier,
}: PlanContext): PutReplication {
	const before = observed.source.replication;
	const allNotes =
		before && before.Role !== arn
			? [
					`The role of all rules becomes ${roleNameOf(arn)}; until now it is ${before.Role}${fateOf(observed)}.${takesOver.length === 0 ? '' : ` It gets what ${takesOver.map(({ID: id}) => id ?? '').join(', ')} need, too.`}`,
					...notes,
				]
			: notes;
	return {
		id: 'put-replication',
		kind: 'put-replication',
		side: 'source',
		target: source.bucket,
		change: before === undefined ? 'create' : after === before ? 'keep' : 'update',
		account: source.accountId,
		region: source.region,
		// Last of all: from the rule on S3 replicates, and an object that comes too early is FAILED for good.
		requires: earlier,
		ruleId,
		before,
		after,
		...(allNotes.length === 0 ? {} : {notes: allNotes}),
	};
}

/** Why the role that the rules name now cannot serve them, where that is known. */
function fateOf({presentRole}: Observed): string {
	if (presentRole?.state === 'deleted') return ', which does not exist';
	return presentRole?.state === 'foreign' ? ', which is of another account' : '';
}
