import type {RunRecord} from '../record/run-record.js';
import type {UndoObserved} from './undo-observed.js';
import type {UndoStep} from './undo-plan.js';
import {type Group, stepFor, undoOf} from './recorded-group.js';
import type {RestoredReplication} from './restore-replication.js';
import {gone, stays} from './undo-reason.js';
import {isSameDocument, withoutWrites} from './without-writes.js';

/** Takes a run's policy out of a role, or what the run wrote out of the policy, unless a rule that was added since uses it. */
export function takeBackRolePolicy(
	group: Group<'put-role-policy'>,
	{header}: RunRecord,
	{roles}: UndoObserved,
	added: RestoredReplication['rulesAddedSince'],
	requires: readonly string[],
): UndoStep {
	const {policyName} = group.first.operation;
	const role = roles[group.target];
	const now = role?.inline[policyName] ?? undefined;
	const destinations = new Set(header.ends.map(({bucket}) => bucket));
	if (
		role &&
		added.some(({role: arn, destinationBucket}) => arn === role.arn && destinations.has(destinationBucket))
	) {
		return stepFor(
			group,
			{
				...undoOf(group, 'delete-role-policy', requires),
				policyName,
				change: 'keep',
				before: now,
				after: null,
			},
			stays('a rule that was added since uses it'),
		);
	}

	const after = withoutWrites(now, group.all);
	if (after && !isSameDocument(now, after)) {
		return stepFor(group, {
			...undoOf(group, 'restore-role-policy', requires),
			policyName,
			change: 'update',
			before: now,
			after,
		});
	}

	const isDone = isSameDocument(now, after);
	return stepFor(
		group,
		{
			...undoOf(group, 'delete-role-policy', requires),
			policyName,
			change: isDone ? 'keep' : 'delete',
			before: now,
			after: null,
		},
		isDone ? gone(now ? 'it is as it was before the run' : 'it is not there any more') : undefined,
	);
}
