import {bucketOfArn} from '../arn.js';
import type {UndoObserved} from './undo-observed.js';
import type {UndoStep} from './undo-plan.js';
import {type Group, stepFor, undoOf} from './recorded-group.js';
import type {RestoredReplication} from './restore-replication.js';
import {gone, stays} from './undo-reason.js';

/** Suspends versioning again where it was suspended before the run, and no other rule needs it. */
export function restoreVersioning(
	group: Group<'enable-versioning'>,
	{buckets}: UndoObserved,
	replications: readonly RestoredReplication[],
	requires: readonly string[],
): UndoStep {
	const bucket = buckets[group.target];
	const operation = {
		...undoOf(group, 'restore-versioning', requires),
		before:
			bucket?.state === 'owned' && bucket.versioning !== 'Unversioned' ? {Status: bucket.versioning} : {},
		after: {Status: 'Suspended' as const},
	};
	const keep = (reason: UndoStep['reason']): UndoStep =>
		stepFor(group, {...operation, change: 'keep'}, reason);
	if (bucket?.state !== 'owned') return keep(gone('the bucket is gone'));
	if (bucket.versioning !== 'Enabled') return keep(gone('it is not enabled any more'));
	const restored = replications.find(({target}) => target === group.target);
	const left = restored ? restored.after : bucket.replication;
	if (left) return keep(stays('other rules replicate from the bucket'));
	const isDestination = replications.some(({after}) =>
		after?.Rules.some(({Destination}) => bucketOfArn(Destination.Bucket) === group.target),
	);
	if (isDestination) return keep(stays('other rules replicate to the bucket'));
	return stepFor(group, {...operation, change: 'update'});
}
