import type {AwsErrorResponse} from '../../domain/problem.js';
import {type RetryRule, waits} from '../waits.js';

/** A bucket that was just created may not be known everywhere yet. */
export function newBucketRetryRule({code}: AwsErrorResponse): RetryRule | undefined {
	return code === 'NoSuchBucket' ? waits.newBucket : undefined;
}
