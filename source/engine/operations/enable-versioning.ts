import {fixable, ProblemError} from '../../domain/problem.js';
import type {EnableVersioning} from '../../domain/plan.js';
import {referenceOf} from '../connections.js';
import {readUntil, withRetries} from '../retry.js';
import type {OperationContext} from './operation-context.js';
import {newBucketPatience} from './patience.js';

/**
 * Enables versioning and reads it back. What needs it may be written meanwhile: S3 refuses a rule that comes too early, and it is tried again.
 * Source: S3 User Guide, "Enabling versioning on buckets".
 */
export async function enableVersioning(
	operation: EnableVersioning,
	context: OperationContext,
): Promise<void> {
	const {buckets} = context.connections[operation.side];
	const reference = referenceOf(context.plan[operation.side]);
	await withRetries(async () => buckets.enableVersioning(reference), newBucketPatience, context);
	context.onWritten();
	const status = await readUntil(
		async () => withRetries(async () => buckets.getVersioning(reference), newBucketPatience, context),
		(versioning) => versioning === 'Enabled',
		{reason: 'versioning is not effective yet', limitMs: 120_000},
		context,
	);
	if (status === 'Enabled') return;
	throw new ProblemError(
		fixable(
			'versioning-not-effective',
			`Cannot see versioning enabled on ${reference.bucket}`,
			`It was enabled two minutes ago, and S3 still answers ${status ?? 'that there is no such bucket'}.`,
			['Run this again in a few minutes: what is already right is kept.'],
		),
	);
}
