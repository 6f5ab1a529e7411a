import {destinationOf, roleNameOf} from '../arn.js';
import type {Observed} from '../observed/observed.js';
import type {PlanContext, PlannedEnd} from './plan-context.js';
import type {ReplicationConfiguration} from '../rule/replication-configuration.js';
import type {Kind, PlannedKind} from './kind.js';
import type {AnyOperation, OperationBase} from '../take-back/operation.js';
import {type Group, stepFor, undoOf} from '../take-back/recorded-group.js';
import {gone, type TakeBackContext, type TakenBack} from '../take-back/take-back-context.js';
import {blockedRules, blockedText, withDisabled} from '../rule/blocked-rules.js';
import {optionsIn} from '../rule/rule-options.js';
import {isSameConfiguration, takeBackRules} from '../take-back/take-back-rules.js';
import {isReplication, isText, orAbsent} from '../take-back/shape.js';

export type PutReplication = OperationBase & {
	readonly kind: 'put-replication';
	readonly ruleId: string;
	readonly before?: ReplicationConfiguration;
	readonly after: ReplicationConfiguration;
};

export type RestoreReplication = OperationBase & {
	readonly kind: 'restore-replication';
	readonly before?: ReplicationConfiguration;
	/** `null`: there was none, and none is left. */
	readonly after: ReplicationConfiguration | null;
};

const restoreReplication: Kind<RestoreReplication> = {
	kind: 'restore-replication',
	words: {
		plan: 'Restore replication',
		keep: 'Keep rule',
		doing: 'Restoring replication',
		done: 'Replication restored',
	},
	noun: 'the replication configuration of',
	detail: ({before, after}) => `${before?.Rules.length ?? 0} → ${after?.Rules.length ?? 0} rules`,
};

export const putReplication: PlannedKind<PutReplication, RestoreReplication> = {
	kind: 'put-replication',
	words: {
		plan: 'Put replication rule',
		keep: 'Keep rule',
		doing: 'Putting replication rule',
		done: 'Replication rule put',
	},
	noun: 'the replication configuration of',
	detail: ({ruleId, before, after}) =>
		`rule ${ruleId}, ${before?.Rules.length ?? 0} → ${after.Rules.length} rules`,
	on: 'bucket',
	remaining: {noun: 'rule'},
	// PassRole is no call of its own: S3 asks for it when it is given the role (IAM User Guide, id_roles_use_passrole).
	needs: {bucket: ['s3:PutReplicationConfiguration'], role: ['iam:PassRole']},
	undoNeeds: {},
	plan: (context) => [ruleFor(context)],
	mayBeAt: (side) => side === 'source',
	takesEffectLate: false,
	recorded: {ruleId: isText, before: orAbsent(isReplication), after: isReplication},
	undoReadings: ['replication'],
	undoKinds: {'restore-replication': restoreReplication},
	takeBack,
	rulesIn: ({before, after}) => ({before, after}),
};

/** Another configuration in the place of a bucket's, with what a person should know of it; none where both are the same. */
export function rulesChanged(
	{bucket, accountId, region}: PlannedEnd,
	ruleId: string,
	{before, after}: {readonly before: ReplicationConfiguration; readonly after: ReplicationConfiguration},
	notes: readonly string[],
): PutReplication {
	return {
		id: putReplication.kind,
		kind: putReplication.kind,
		side: 'source',
		target: bucket,
		change: after === before ? 'keep' : 'update',
		account: accountId,
		region,
		requires: [],
		ruleId,
		before,
		after,
		...(notes.length === 0 ? {} : {notes}),
	};
}

/** What a plan writes of rules, if it has something of it. */
export function replicationIn(operations: readonly AnyOperation[]): PutReplication | undefined {
	return operations.find((operation): operation is PutReplication => operation.kind === putReplication.kind);
}

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
					`The role of all rules becomes ${roleNameOf(arn)}; until now it is ${before.Role}${formerRoleText(observed)}.${takesOver.length === 0 ? '' : ` It gets what ${takesOver.map(({ID: id}) => id ?? '').join(', ')} need, too.`}`,
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
function formerRoleText({existingRole}: Observed): string {
	if (existingRole?.state === 'deleted') return ', which does not exist';
	return existingRole?.state === 'foreign' ? ', which is of another account' : '';
}

/** Takes the rules of a run out of a bucket's configuration. What somebody has changed in them since is noted, and stays. */
function takeBack(
	group: Group<PutReplication>,
	{observed: {buckets, destinations = []}}: TakeBackContext,
): TakenBack<RestoreReplication> {
	const bucket = buckets[group.target];
	const notes: string[] = [];
	const now = bucket?.state === 'owned' ? bucket.replication : undefined;
	let after = now;
	// The newest write is taken back first: what it leaves is what the one before it wrote.
	for (const {operation} of [...group.all].reverse()) {
		const taken = takeBackRules(after, operation);
		after = taken.configuration;
		for (const id of taken.stay)
			notes.push(`The rule ${id} of ${group.target} was changed by somebody since: it stays as it is.`);
	}

	// What the run disabled because S3 refused it stays so, while S3 refuses it.
	const blocked = blockedRules(after, destinations).filter(({rule: {ID: id}}) =>
		now?.Rules.some((rule) => rule.ID === id && rule.Status === 'Disabled'),
	);
	if (after && blocked.length > 0) {
		after = withDisabled(
			after,
			blocked.map(({rule}) => rule),
		);
		notes.push(...blocked.map((one) => `${blockedText(one)}: it stays disabled, S3 would refuse it.`));
	}

	const isSame = isSameConfiguration(now, after);
	const operation = {
		...undoOf(group, restoreReplication.kind, []),
		change: isSame ? ('keep' as const) : after ? ('update' as const) : ('delete' as const),
		before: now,
		after: after ?? null,
	};
	const before = group.first.operation.before?.Rules ?? [];
	const rulesAddedSince = (after?.Rules ?? [])
		.filter((rule) => !before.some(({ID}) => ID === rule.ID))
		.map((rule) => ({
			role: after?.Role ?? '',
			destinationBucket: destinationOf(rule),
			keyArn: optionsIn(rule).kmsKey,
		}));
	return {
		step: stepFor(group, operation, isSame ? gone('the rule is gone') : undefined),
		notes,
		replication: {target: group.target, after, rulesAddedSince},
	};
}
