import type {AwsAnswer} from '../../domain/problem.js';
import type {Patience} from '../retry.js';

/** A bucket that was just created may not be known everywhere yet. */
export function newBucketPatience({code}: AwsAnswer): Patience | undefined {
	if (code !== 'NoSuchBucket') return undefined;
	return {reason: 'the new bucket is not visible yet', limitMs: 60_000};
}
