import {ProblemError} from '../../domain/problem.js';
import type {CreateBucket} from '../../domain/operations/create-bucket.js';
import type {StepAnswer} from '../../domain/record/run-record.js';
import {referenceOf} from '../connections.js';
import {withRetries} from '../retry.js';
import type {OperationContext} from './operation-context.js';

/**
 * Creates the bucket in its region, and gives whether it was this run that created it. A bucket that this account owns already is
 * left as it is, and is not the run's. Elsewhere the answer says so; us-east-1 answers 200 for one's own bucket as well, and resets its
 * ACL, so there it is looked for immediately before. Where an answer was lost and the call made again, nobody knows.
 * Source: S3 API Reference, CreateBucket, "BucketAlreadyOwnedByYou".
 */
export async function createBucket(operation: CreateBucket, context: OperationContext): Promise<StepAnswer> {
	const {buckets} = context.connections[operation.side];
	const reference = referenceOf(context.plan[operation.side]);
	let attempts = 0;
	return withRetries(
		async (): Promise<StepAnswer> => {
			const isFirst = ++attempts === 1;
			if (reference.region === 'us-east-1') {
				const {state} = await buckets.head(reference).catch(unlessRefused);
				if (state === 'here') return {created: isFirst ? 'no' : 'unknown'};
			}

			const answer = await buckets.create(reference);
			if (answer.state === 'created') {
				context.createdTargets.created(operation.id);
				return {created: 'yes'};
			}

			return {created: isFirst && answer.isCertain ? 'no' : 'unknown'};
		},
		() => undefined,
		context,
	);
}

/** What cannot be looked at is found out by creating it. */
function unlessRefused(error: unknown): {readonly state: 'forbidden'} {
	if (error instanceof ProblemError && (error.answer?.httpStatus ?? 500) < 500) return {state: 'forbidden'};
	throw error;
}
