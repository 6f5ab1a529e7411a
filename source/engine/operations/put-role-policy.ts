import type {PutRolePolicy} from '../../domain/plan.js';
import {withRetries} from '../retry.js';
import type {OperationContext} from './operation-context.js';

/** Puts the inline policy; waits for a new role to be visible. Source: IAM User Guide, "Changes that I make are not always immediately visible". */
export async function putRolePolicy(operation: PutRolePolicy, context: OperationContext): Promise<void> {
	const {roles} = context.connections[operation.side];
	await withRetries(
		async () => roles.putPolicy(operation.target, operation.policyName, operation.after),
		({code}) =>
			code.startsWith('NoSuchEntity')
				? {reason: 'the new role is not visible yet', limitMs: 60_000}
				: undefined,
		context,
	);
}
