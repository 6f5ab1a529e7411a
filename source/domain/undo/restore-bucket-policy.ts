import type {UndoObserved} from './undo-observed.js';
import type {UndoStep} from './undo-plan.js';
import {type Group, stepFor, undoOf} from './recorded-group.js';
import type {RestoredReplication} from './restore-replication.js';
import {gone, stays} from './undo-reason.js';
import {isSameDocument, withoutWrites} from './without-writes.js';

/** Takes a run's statements out of a bucket's policy, unless a rule that was added since needs them. */
export function restoreBucketPolicy(
	group: Group<'put-bucket-policy'>,
	{buckets}: UndoObserved,
	added: RestoredReplication['rulesAddedSince'],
	requires: readonly string[],
): UndoStep {
	const bucket = buckets[group.target];
	const now = bucket?.state === 'owned' ? bucket.policy : undefined;
	const shared = undoOf(group, 'restore-bucket-policy', requires);
	if (added.some(({destinationBucket}) => destinationBucket === group.target)) {
		return stepFor(
			group,
			{...shared, change: 'keep', before: now, after: now ?? null},
			stays('a rule that was added since replicates to it'),
		);
	}

	const after = withoutWrites(now, group.all);
	const isSame = isSameDocument(now, after);
	return stepFor(
		group,
		{...shared, change: isSame ? 'keep' : after ? 'update' : 'delete', before: now, after: after ?? null},
		isSame ? gone('its statements are gone') : undefined,
	);
}
