import {addStatementsAgain, takeStatementsAgain} from '../../domain/merge-again/statements-again.js';
import type {
	PutRolePolicy,
	DeleteRolePolicy,
	RestoreRolePolicy,
} from '../../domain/operations/put-role-policy.js';
import {rolePolicyOf} from '../guarded/guarded-documents.js';
import {writeGuarded} from '../guarded/guarded-write.js';
import {isChanged} from './retry-rules.js';
import type {OperationContext} from './operation-context.js';
import type {UndoContext} from '../undo/undo-context.js';
import {writeBack} from '../undo/write-back.js';
import {waits} from '../waits.js';

/** Puts the inline policy; waits for a new role to be visible. Source: IAM User Guide, "Changes that I make are not always immediately visible". */
export async function putRolePolicy(operation: PutRolePolicy, context: OperationContext): Promise<undefined> {
	const {connections, plan, createdTargets} = context;
	const {side, target, policyName, before, after, requires} = operation;
	await writeGuarded(
		{
			...rolePolicyOf(connections[side], target, policyName),
			before,
			after,
			isNew: requires.some((id) => createdTargets.isNew(id)),
			mergeAgain: (now) => addStatementsAgain(now, {before, after}),
			retryRuleFor: ({code}) =>
				code.startsWith('NoSuchEntity') && requires.some((id) => isChanged(plan, id))
					? waits.newRole
					: undefined,
		},
		context,
	);
	return undefined;
}

/** Takes the run's statements out of the inline policy again, or the whole of it. */
export async function restoreRolePolicy(
	operation: RestoreRolePolicy | DeleteRolePolicy,
	context: UndoContext,
): Promise<void> {
	const policy = rolePolicyOf(context.connection, operation.target, operation.policyName);
	await writeBack(policy, operation, takeStatementsAgain, context);
}
