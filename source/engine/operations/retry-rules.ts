import type {AwsErrorResponse} from '../../domain/problem.js';
import type {RetryRule} from '../retry.js';

/** A bucket that was just created may not be known everywhere yet. */
export function newBucketRetryRule({code}: AwsErrorResponse): RetryRule | undefined {
	if (code !== 'NoSuchBucket') return undefined;
	return {reason: 'the new bucket is not visible yet', limitMs: 60_000};
}
