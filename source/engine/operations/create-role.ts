import {fixable, ProblemError} from '../../domain/problem.js';
import type {CreateRole, DeleteRole} from '../../domain/operations/create-role.js';
import type {StepAnswer} from '../../domain/take-back/written-step.js';
import {isSamePolicy} from '../../policy/compare.js';
import {withRetries, readUntil} from '../retry.js';
import type {OperationContext} from './operation-context.js';
import {observeUsers} from '../undo/observe-users.js';
import type {UndoContext} from '../undo/undo-context.js';
import {waits} from '../waits.js';

/**
 * Creates the role with its trust policy, and gives its unique id. A call whose answer was lost is made again by the SDK, and finds then
 * what it has created: a role just like it is taken for it, without being sure of it.
 */
export async function createRole(operation: CreateRole, context: OperationContext): Promise<StepAnswer> {
	const {roles} = context.connections[operation.side];
	const {
		RoleName: roleName,
		Path: path,
		Description: description,
		AssumeRolePolicyDocument: trust,
		PermissionsBoundary: boundaryArn,
	} = operation.after;
	let calls = 0;
	try {
		const {roleId} = await withRetries(async () => {
			calls++;
			return roles.create({roleName, path, description, trust, boundaryArn});
		}, context);
		context.createdTargets.created(operation.id);
		return {created: 'yes', ...(roleId === undefined ? {} : {roleId})};
	} catch (error) {
		if (!(error instanceof ProblemError) || !error.answer?.code.startsWith('EntityAlreadyExists'))
			throw error;
		const found = await foundAsOurs(operation, context, calls * (error.answer.attempts ?? 2));
		if (found) return found;
		throw new ProblemError(
			fixable(
				'role-appeared',
				`Cannot create role ${roleName}: it exists now`,
				`It did not when the plan was made. ${error.problem.cause}`,
				['Make a new plan: run this again.'],
			),
			error.answer,
		);
	}
}

/**
 * The role that is there, where it is as it was to be created. Whoever created it is not known where the call was made more than once;
 * else it was somebody else, and the role is not this run's.
 */
async function foundAsOurs(
	{side, target, after}: CreateRole,
	{connections}: OperationContext,
	attempts: number,
): Promise<StepAnswer | undefined> {
	const found = await connections[side].roles.get(target);
	const isLikeIt =
		found?.description === after.Description && isSamePolicy(found.trust, after.AssumeRolePolicyDocument);
	if (!isLikeIt) return undefined;
	return {created: attempts === 1 ? 'no' : 'unknown', roleId: found.roleId};
}

/**
 * Deletes a role, unless somebody made it again, changed it or put a rule with it since this was planned: immediately before, the rules
 * of the buckets that are known to have used it are read again, and then the role. Policies that were added keep it by IAM's own refusal.
 * Throws the problem of a role that stays. Source: IAM API Reference, DeleteRole, "DeleteConflict".
 */
export async function deleteRole(operation: DeleteRole, context: UndoContext): Promise<void> {
	const {target} = operation;
	const {roles} = context.connection;
	await throwIfUsed(operation, context);
	// The policies that went just before may be seen a little longer. Source: IAM User Guide, "Changes that I make are not always immediately visible".
	await withRetries(
		async () => {
			const found = await roles.get(target);
			if (!found) return;
			const {roleId, planned} = operation;
			if (roleId !== undefined && found.roleId !== roleId) {
				throw changed(target, 'made it again', 'Its unique id is another than when the undo was planned.');
			}

			if (
				planned &&
				(found.description !== planned.description || !isSamePolicy(found.trust, planned.trust))
			) {
				throw changed(
					target,
					'changed it',
					'Its description or its trust policy is another than when the undo was planned.',
				);
			}

			await roles.delete(target);
		},
		context,
		({code}) => (code.startsWith('DeleteConflict') ? waits.rolePolicies : undefined),
	);
}

/** The rules that went just before may be seen a little longer. Where they cannot be read any more, nobody knows who uses the role. */
async function throwIfUsed({target, users = []}: DeleteRole, context: UndoContext): Promise<void> {
	const {usedBy, unreadUsers} = await readUntil(
		async () => withRetries(async () => observeUsers(target, users, context.connection), context),
		(seen) => seen.usedBy.length === 0,
		() => waits.roleUsers,
		context,
	);
	if (usedBy.length > 0) throw changed(target, 'put a rule with it', `Rules of ${usedBy.join(', ')} use it.`);
	if (unreadUsers.length > 0) throw unknownUse(target, unreadUsers);
}

function unknownUse(roleName: string, buckets: readonly string[]): ProblemError {
	return new ProblemError(
		fixable(
			'role-use-unknown',
			`Cannot delete role ${roleName}: its users are unknown`,
			`The rules of ${buckets.join(', ')} could be read for the plan, and now cannot. The role was left as it is.`,
			['Allow s3:GetReplicationConfiguration on them, then run the same undo again.'],
		),
	);
}

function changed(roleName: string, what: string, cause: string): ProblemError {
	return new ProblemError(
		fixable(
			'changed-meanwhile',
			`Cannot delete role ${roleName}: somebody ${what} meanwhile`,
			`${cause} It was left as it is.`,
			['Run the same undo again: it leaves a role alone that others use, or that is not this run’s.'],
		),
	);
}
