import {type BucketCall} from '../action.js';
import {s3Error} from '../errors/errors.js';

/**
 * Throws MethodNotAllowed for a caller of another account than the bucket's, even one whom the policy allows
 * (S3 API reference, PutBucketPolicy, GetBucketPolicy, DeleteBucketPolicy).
 */
export function refuseOtherAccounts({identity, bucket}: BucketCall<unknown>): void {
	if (identity?.accountId !== bucket.ownerAccountId) throw s3Error('MethodNotAllowed');
}
