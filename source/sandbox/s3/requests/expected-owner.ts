import {type WireRequest} from '../../http/wire-request.js';
import {type ServiceError} from '../../wire/service-error.js';
import {type Bucket} from '../../world/bucket.js';
import {s3Error} from '../errors/errors.js';

/** The error for an expected bucket owner that is no account's id (S3 API reference, ErrorResponses; words: third-party). */
export function noAccountId(owner: string, headers: Readonly<Record<string, string>> = {}): ServiceError {
	return s3Error('InvalidBucketOwnerAWSAccountID', {
		message: `The value of the expected bucket owner parameter must be an AWS Account ID... [${owner}]`,
		headers,
	});
}

/** Throws where the bucket is another account's than the caller expects. */
export function checkExpectedOwner({headers}: WireRequest, bucket: Bucket | undefined): void {
	const owner = headers['x-amz-expected-bucket-owner'];
	if (owner === undefined) return;
	const ofBucket: Record<string, string> = bucket === undefined ? {} : {'x-amz-bucket-region': bucket.region};
	if (!/^\d{12}$/.test(owner)) throw noAccountId(owner, ofBucket);
	if (bucket !== undefined && owner !== bucket.ownerAccountId) {
		throw s3Error('AccessDenied', {headers: ofBucket});
	}
}
