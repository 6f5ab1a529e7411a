import {fixable, ProblemError} from '../../domain/problem.js';
import type {CreateRole} from '../../domain/plan.js';
import {withRetries} from '../retry.js';
import type {OperationContext} from './operation-context.js';

/** Creates the role with its trust policy. */
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
	} catch (error) {
		if (!(error instanceof ProblemError) || !error.answer?.code.startsWith('EntityAlreadyExists'))
			throw error;
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
