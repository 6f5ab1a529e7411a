import type {DeleteRole} from '../../domain/operations/delete-role.js';
import {fixable, ProblemError} from '../../domain/problem.js';
import {withRetries} from '../retry.js';
import type {UndoContext} from './undo-context.js';

/** Deletes a role, unless another of its name is there by now. Throws the problem of a role that stays. */
export async function deleteOwnRole({target, roleId}: DeleteRole, context: UndoContext): Promise<void> {
	const {roles} = context.connection;
	// The policies that went just before may be seen a little longer. Source: IAM User Guide, "Changes that I make are not always immediately visible".
	await withRetries(
		async () => {
			const found = await roles.get(target);
			if (!found) return;
			if (roleId !== undefined && found.roleId !== roleId) throw madeAgain(target);
			await roles.delete(target);
		},
		({code}) =>
			code.startsWith('DeleteConflict')
				? {reason: 'the deleted policy is still seen in the role', limitMs: 20_000}
				: undefined,
		context,
	);
}

function madeAgain(roleName: string): ProblemError {
	return new ProblemError(
		fixable(
			'changed-meanwhile',
			`Cannot delete the role ${roleName}: somebody made it again while changes were taken back`,
			'Its unique id is another than when the undo was planned. It was left as it is.',
			['Run the same undo again: it leaves a role alone that is not this run’s.'],
		),
	);
}
