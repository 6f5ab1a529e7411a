import {fixable, ProblemError} from '../../domain/problem.js';
import type {PutReplication} from '../../domain/plan.js';
import {hasRule} from '../../domain/merge-rule.js';
import {isSameConfiguration} from '../../domain/take-back-rules.js';
import {referenceOf} from '../connections.js';
import {readUntil, withRetries} from '../retry.js';
import type {OperationContext} from './operation-context.js';
import {newBucketPatience} from './patience.js';
import {unlessChanged} from './unless-changed.js';

/**
 * Puts the replication configuration and reads it back.
 * S3 refuses it as InvalidRequest while versioning of either bucket has not taken effect. Source: facts file, section 4.6.
 */
export async function putReplication(operation: PutReplication, context: OperationContext): Promise<void> {
	const {buckets} = context.connections[operation.side];
	const reference = referenceOf(context.plan[operation.side]);
	const {after, ruleId} = operation;
	await withRetries(
		unlessChanged(
			{
				noun: `the replication configuration of ${reference.bucket}`,
				before: operation.before,
				after,
				read: async () => buckets.getReplication(reference),
				isSame: isSameConfiguration,
			},
			context,
			async () => buckets.putReplication(reference, after),
		),
		(answer) =>
			answer.code === 'InvalidRequest' && /versioning|destination bucket must/i.test(answer.message)
				? {reason: 'versioning is not effective yet', limitMs: 120_000}
				: newBucketPatience(answer),
		context,
	);
	context.onWritten();
	const seen = await readUntil(
		async () => buckets.getReplication(reference),
		(configuration) => hasRule(configuration, after, ruleId),
		{reason: 'the new rule is not visible yet', limitMs: 120_000},
		context,
	);
	if (hasRule(seen, after, ruleId)) return;
	throw new ProblemError(
		fixable(
			'rule-not-visible',
			`Cannot see the rule ${ruleId} on ${reference.bucket}`,
			'It was written two minutes ago, and S3 still answers without it.',
			['Run this again in a few minutes: what is already right is kept.'],
		),
	);
}
