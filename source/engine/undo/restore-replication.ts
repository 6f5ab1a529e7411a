import type {Connection} from '../../aws/ports.js';
import {takeRulesAgain} from '../../domain/merge-again/take-rules-again.js';
import type {RestoreReplication} from '../../domain/operations/restore-replication.js';
import {fixable, ProblemError} from '../../domain/problem.js';
import {replicationOf} from '../guarded-documents.js';
import {type GuardContext, writeGuarded} from '../guarded-write.js';
import {undoing} from './undoing.js';

/**
 * Takes the run's rules out of a bucket's configuration, and waits until S3 has seen that: until then it goes on copying, and what it
 * still needs must not go. Where somebody added a rule since the plan was made, the undo ends here: the plan did not know what that rule
 * needs, and the next one does.
 */
export async function restoreReplication(
	{before, after, target, account, region}: RestoreReplication,
	{connection, ...context}: GuardContext & {readonly connection: Connection},
): Promise<void> {
	const document = {before, after: after ?? undefined};
	const left = await writeGuarded(
		{
			...replicationOf(connection, {bucket: target, region, accountId: account}),
			...document,
			...undoing,
			mergeAgain: (now) => takeRulesAgain(now, document),
		},
		context,
	);
	const known = new Set([...(before?.Rules ?? []), ...(after?.Rules ?? [])].map(({ID: id}) => id));
	const added = (left?.Rules ?? []).flatMap(({ID: id}) => (known.has(id) ? [] : [id ?? '']));
	if (added.length === 0) return;
	throw new ProblemError(
		fixable(
			'changed-meanwhile',
			`Cannot take back the rest yet: somebody added a rule to ${target} meanwhile`,
			`The run's own rule is gone; ${added.join(', ')} stays, and so does all that it may need.`,
			['Run the same undo again: its plan knows of that rule, and keeps what it needs.'],
		),
	);
}
