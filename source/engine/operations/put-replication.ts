import {otherSide} from '../../domain/answers/way-back.js';
import {addRuleAgain} from '../../domain/merge-again/add-rule-again.js';
import type {PutReplication} from '../../domain/operations/put-replication.js';
import {referenceOf} from '../connections.js';
import {replicationOf} from '../guarded/guarded-documents.js';
import {writeGuarded} from '../guarded/guarded-write.js';
import type {OperationContext} from './operation-context.js';
import {namingBlockedRules} from './naming-blocked-rules.js';
import {newBucketRetryRule, versioningRetryRule} from './retry-rules.js';
import {takeRulesAgain} from '../../domain/merge-again/take-rules-again.js';
import type {RestoreReplication} from '../../domain/operations/put-replication.js';
import {fixable, ProblemError} from '../../domain/problem.js';
import {undoing} from '../undo/undoing.js';
import {targetOf} from './target-of.js';
import type {UndoContext} from '../undo/undo-context.js';
import {waits} from '../waits.js';

/**
 * Puts the replication configuration.
 * S3 refuses it as InvalidRequest while versioning of either bucket has not taken effect: waited for where this run has enabled it. Source: docs/aws-facts.md, 5.6.
 */
export async function putReplication(
	operation: PutReplication,
	context: OperationContext,
): Promise<undefined> {
	const {connections, plan, createdTargets} = context;
	const {side, before, after, ruleId} = operation;
	const {write: put, ...configuration} = replicationOf(connections[side], referenceOf(plan[side]));
	await writeGuarded(
		{
			...configuration,
			unseen: {...configuration.unseen, ...waits.newRuleUnseen},
			before,
			after,
			isNew: createdTargets.isNew(`create-bucket:${side}`),
			mergeAgain: (now) =>
				addRuleAgain(now, {before, after}, {ruleId, sourceAccountId: plan[side].accountId}),
			write: async (written) =>
				namingBlockedRules(written, async () => put(written), {
					connection: connections[side],
					source: plan[side],
					own: {
						reference: referenceOf(plan[otherSide(side)]),
						connection: connections[otherSide(side)],
					},
					signal: context.signal,
				}),
			retryRuleFor: (answer) =>
				versioningRetryRule(plan, side)(answer) ?? newBucketRetryRule(plan, side)(answer),
		},
		context,
	);
	return undefined;
}

/**
 * Takes the run's rules out of a bucket's configuration, and waits until S3 has seen that: until then it goes on copying, and what it
 * still needs must not go. Where somebody added a rule since the plan was made, the undo ends here: the plan did not know what that rule
 * needs, and the next one does.
 */
export async function restoreReplication(
	operation: RestoreReplication,
	{connection, ...context}: UndoContext,
): Promise<void> {
	const {before, after, target} = operation;
	const document = {before, after: after ?? undefined};
	const reference = targetOf(operation);
	const {write: put, ...configuration} = replicationOf(connection, reference);
	const left = await writeGuarded(
		{
			...configuration,
			...document,
			write: async (written) =>
				namingBlockedRules(written, async () => put(written), {
					connection,
					source: reference,
					signal: context.signal,
				}),
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
			`Cannot undo the rest: new rule on ${target} meanwhile`,
			`The run's own rule is gone; ${added.join(', ')} stays, and so does all that it may need.`,
			['Run the same undo again: its plan keeps what that rule needs.'],
		),
	);
}
