import {bucketOfArn} from '../arn.js';
import type {ReplicationConfiguration} from '../rule/replication-configuration.js';
import {isSameConfiguration, takeBackRules} from './take-back-rules.js';
import type {UndoObserved} from './undo-observed.js';
import type {UndoStep} from './undo-plan.js';
import {type Group, stepFor, undoOf} from './recorded-group.js';
import {gone} from './undo-reason.js';

/** The rules of a bucket as an undo leaves them. */
export type RestoredReplication = {
	readonly step: UndoStep;
	readonly target: string;
	readonly after: ReplicationConfiguration | undefined;
	/** Rules of others, made after the run. They may need what the run made. */
	readonly rulesAddedSince: ReadonlyArray<{readonly role: string; readonly destinationBucket: string}>;
	/** What stays, a sentence each. */
	readonly notes: readonly string[];
};

/** Takes the rules of a run out of a bucket's configuration. What somebody has changed in them since is noted, and stays. */
export function restoreReplication(
	group: Group<'put-replication'>,
	{buckets}: UndoObserved,
): RestoredReplication {
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

	const isSame = isSameConfiguration(now, after);
	const operation = {
		...undoOf(group, 'restore-replication', []),
		change: isSame ? ('keep' as const) : after ? ('update' as const) : ('delete' as const),
		before: now,
		after: after ?? null,
	};
	const before = group.first.operation.before?.Rules ?? [];
	const rulesAddedSince = (after?.Rules ?? [])
		.filter((rule) => !before.some(({ID}) => ID === rule.ID))
		.map((rule) => ({role: after?.Role ?? '', destinationBucket: bucketOfArn(rule.Destination.Bucket)}));
	return {
		step: stepFor(group, operation, isSame ? gone('the rule is gone') : undefined),
		target: group.target,
		after,
		rulesAddedSince,
		notes,
	};
}
