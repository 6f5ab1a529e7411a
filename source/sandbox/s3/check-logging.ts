import {type BucketLoggingStatus} from '@aws-sdk/client-s3';
import {type BucketCall} from './action.js';
import {s3Error} from './errors.js';

/**
 * Throws what S3 answers to a target bucket that is not there, of another owner or in another region (S3 API reference,
 * ErrorResponses and PutBucketLogging; words: third-party). Nothing is ever delivered: logs take hours on AWS too.
 */
export function checkLogging(
	{world, bucket}: BucketCall<unknown>,
	{LoggingEnabled}: BucketLoggingStatus,
): void {
	if (LoggingEnabled === undefined) return;
	const target = world.buckets.get(LoggingEnabled.TargetBucket ?? '');
	if (target === undefined) {
		throw s3Error('InvalidTargetBucketForLogging', {
			fields: {TargetBucket: LoggingEnabled.TargetBucket ?? ''},
		});
	}
	if (target.ownerAccountId !== bucket.ownerAccountId) {
		throw s3Error('InvalidTargetBucketForLogging', {
			message: 'The owner for the bucket to be logged and the target bucket must be the same.',
			fields: {TargetBucket: target.name},
		});
	}
	if (target.region !== bucket.region) throw s3Error('CrossLocationLoggingProhibitted');
}
