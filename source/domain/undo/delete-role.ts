import {isSamePolicy} from '../../policy/compare.js';
import type {ReplicationConfiguration} from '../rule/replication-configuration.js';
import type {UndoObserved} from './undo-observed.js';
import type {UndoStep} from './undo-plan.js';
import {notCreatedBecause} from './own-bucket.js';
import {type Group, stepFor, undoOf} from './recorded-group.js';
import {gone, stays} from './undo-reason.js';

/** Deletes the role that a run created, where it is that very role, still is as it was made, and nobody else is known to use it. */
export function deleteRole(
	group: Group<'create-role'>,
	{roles}: UndoObserved,
	{
		rolePolicies,
		configurations,
		requires,
	}: {
		readonly rolePolicies: readonly UndoStep[];
		readonly configurations: ReadonlyArray<ReplicationConfiguration | undefined>;
		readonly requires: readonly string[];
	},
): UndoStep {
	const operation = {...undoOf(group, 'delete-role', requires), after: null};
	const keep = (reason: UndoStep['reason']): UndoStep =>
		stepFor(group, {...operation, change: 'keep'}, reason);
	const role = roles[group.target];
	if (!role) return keep(gone('it is not there any more'));
	const theirs = notCreatedBecause(group.all);
	if (theirs !== undefined) return keep(stays(theirs));
	const roleIds = group.all.flatMap(({answer}) => answer?.roleId ?? []);
	if (roleIds.length > 0 && !roleIds.includes(role.roleId))
		return keep(stays('somebody deleted it and made it again since'));
	const {Description, AssumeRolePolicyDocument} = group.first.operation.after;
	if (role.description !== Description || !isSamePolicy(role.trust, AssumeRolePolicyDocument))
		return keep(stays('it is not as this run made it: its description or its trust policy is another'));
	const goes = new Set(
		rolePolicies.flatMap(({operation: policy}) =>
			policy.kind === 'delete-role-policy' && policy.target === group.target && policy.change === 'delete'
				? [policy.policyName]
				: [],
		),
	);
	const others = Object.keys(role.inline).filter((name) => !goes.has(name)).length + role.attachedCount;
	if (others > 0) return keep(stays(`${others} other ${others === 1 ? 'policy is' : 'policies are'} in it`));
	if (configurations.some((configuration) => configuration?.Role === role.arn))
		return keep(stays('other rules use it'));
	if (role.usedBy.length > 0) return keep(stays(`rules of ${role.usedBy.join(', ')} use it`));
	if (role.unreadUsers.length > 0) {
		return keep(
			stays(
				`the rules of ${role.unreadUsers.join(', ')}, where another run used it, cannot be read (s3:GetReplicationConfiguration)`,
			),
		);
	}

	const {roleId, trust, description, users} = role;
	return stepFor(group, {...operation, roleId, planned: {trust, description}, users, change: 'delete'});
}
