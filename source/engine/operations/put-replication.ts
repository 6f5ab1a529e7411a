import {addRuleAgain} from '../../domain/merge-again/add-rule-again.js';
import type {PutReplication} from '../../domain/operations/put-replication.js';
import {referenceOf} from '../connections.js';
import {replicationOf} from '../guarded-documents.js';
import {writeGuarded} from '../guarded-write.js';
import type {OperationContext} from './operation-context.js';
import {newBucketRetryRule} from './retry-rules.js';

/**
 * Puts the replication configuration.
 * S3 refuses it as InvalidRequest while versioning of either bucket has not taken effect. Source: docs/aws-facts.md, 5.6.
 */
export async function putReplication(operation: PutReplication, context: OperationContext): Promise<void> {
	const {connections, plan, createdTargets} = context;
	const {side, before, after, ruleId} = operation;
	const configuration = replicationOf(connections[side], referenceOf(plan[side]));
	await writeGuarded(
		{
			...configuration,
			unseen: {...configuration.unseen, reason: 'the new rule is not visible yet'},
			before,
			after,
			isNew: createdTargets.isNew(`create-bucket:${side}`),
			mergeAgain: (now) =>
				addRuleAgain(now, {before, after}, {ruleId, sourceAccountId: plan.source.accountId}),
			retryRuleFor: (answer) =>
				answer.code === 'InvalidRequest' && /versioning|destination bucket must/i.test(answer.message)
					? {reason: 'versioning is not effective yet', limitMs: 120_000}
					: newBucketRetryRule(answer),
		},
		context,
	);
}
