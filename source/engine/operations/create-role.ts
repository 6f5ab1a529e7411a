import {fixable, ProblemError} from '../../domain/problem.js';
import type {CreateRole} from '../../domain/operations/create-role.js';
import type {StepAnswer} from '../../domain/record/run-record.js';
import {isSamePolicy} from '../../policy/compare.js';
import {withRetries} from '../retry.js';
import type {OperationContext} from './operation-context.js';

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
		const {roleId} = await withRetries(
			async () => {
				calls++;
				return roles.create({roleName, path, description, trust, boundaryArn});
			},
			() => undefined,
			context,
		);
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
				`Cannot create the role ${roleName}: it exists now`,
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
