import {ProblemError} from '../../domain/problem.js';
import type {CreateBucket} from '../../domain/operations/create-bucket.js';
import {referenceOf} from '../connections.js';
import {withRetries} from '../retry.js';
import type {OperationContext} from './operation-context.js';

/** Creates the bucket in its region. A bucket that this account owns already is left as it is. */
export async function createBucket(operation: CreateBucket, context: OperationContext): Promise<void> {
	const {buckets} = context.connections[operation.side];
	const reference = referenceOf(context.plan[operation.side]);
	try {
		await withRetries(
			async () => buckets.create(reference),
			() => undefined,
			context,
		);
		context.createdTargets.created(operation.id);
	} catch (error) {
		const isOurs = error instanceof ProblemError && error.answer?.code === 'BucketAlreadyOwnedByYou';
		if (!isOurs) throw error;
	}
}
