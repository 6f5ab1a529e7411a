import type {PutBucketPolicy} from '../../domain/plan.js';
import {isSameValue} from '../../domain/same-value.js';
import {referenceOf} from '../connections.js';
import {withRetries} from '../retry.js';
import type {OperationContext} from './operation-context.js';
import {newBucketPatience} from './patience.js';
import {unlessChanged} from './unless-changed.js';

/**
 * Puts the destination's bucket policy, with the destination's credentials.
 * S3 refuses a principal that it cannot see yet as MalformedPolicy, "Invalid principal in policy".
 */
export async function putBucketPolicy(operation: PutBucketPolicy, context: OperationContext): Promise<void> {
	const {buckets} = context.connections[operation.side];
	const reference = referenceOf(context.plan[operation.side]);
	await withRetries(
		unlessChanged(
			{
				noun: `the bucket policy of ${reference.bucket}`,
				before: operation.before,
				after: operation.after,
				read: async () => buckets.getPolicy(reference),
				isSame: isSameValue,
			},
			context,
			async () => buckets.putPolicy(reference, operation.after),
		),
		(answer) =>
			answer.code === 'MalformedPolicy' && /invalid principal/i.test(answer.message)
				? {reason: 'the new role is not visible to S3 yet', limitMs: 60_000}
				: newBucketPatience(answer),
		context,
	);
}
