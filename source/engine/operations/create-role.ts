import {fixable, ProblemError} from '../../domain/problem.js';
import type {CreateRole} from '../../domain/operations/create-role.js';
import {isSamePolicy} from '../../policy/compare.js';
import {withRetries} from '../retry.js';
import type {OperationContext} from './operation-context.js';

/**
 * Creates the role with its trust policy. A call whose answer was lost is made again by the SDK, and finds then what it has created:
 * a role just like it is taken for it.
 */
export async function createRole(operation: CreateRole, context: OperationContext): Promise<void> {
	const {roles} = context.connections[operation.side];
	const {
		RoleName: roleName,
		Path: path,
		Description: description,
		AssumeRolePolicyDocument: trust,
		PermissionsBoundary: boundaryArn,
	} = operation.after;
	try {
		await withRetries(
			async () => roles.create({roleName, path, description, trust, boundaryArn}),
			() => undefined,
			context,
		);
		context.createdTargets.created(operation.id);
	} catch (error) {
		if (!(error instanceof ProblemError) || !error.answer?.code.startsWith('EntityAlreadyExists'))
			throw error;
		if (await isOurs(operation, context)) return;
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

async function isOurs({side, target, after}: CreateRole, {connections}: OperationContext): Promise<boolean> {
	const found = await connections[side].roles.get(target);
	return (
		found?.description === after.Description && isSamePolicy(found.trust, after.AssumeRolePolicyDocument)
	);
}
