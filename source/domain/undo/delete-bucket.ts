import type {UndoObserved} from '../undo-observed.js';
import type {UndoStep} from '../undo-plan.js';
import {type Group, stepFor, undoOf} from './recorded-group.js';
import {gone, stays} from './undo-reason.js';

/** Deletes a bucket that a run created, unless others have put something into it. */
export function deleteBucket(
	group: Group<'create-bucket'>,
	{buckets}: UndoObserved,
	requires: readonly string[],
): UndoStep {
	const bucket = buckets[group.target];
	const operation = {...undoOf(group, 'delete-bucket', requires), after: null};
	if (bucket?.state !== 'owned')
		return stepFor(group, {...operation, change: 'keep'}, gone('it is not there any more'));
	if (bucket.hasOthers)
		return stepFor(group, {...operation, change: 'keep'}, stays('other objects are in it'));
	return stepFor(group, {...operation, change: 'delete'});
}
