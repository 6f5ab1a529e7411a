import {type ServiceError} from '../../wire/service-error.js';
import {s3Error} from '../errors/errors.js';

/** The error for an expected bucket owner that is no account's id (S3 API reference, ErrorResponses; words: third-party). */
export function noAccountId(owner: string, headers: Readonly<Record<string, string>> = {}): ServiceError {
	return s3Error('InvalidBucketOwnerAWSAccountID', {
		message: `The value of the expected bucket owner parameter must be an AWS Account ID... [${owner}]`,
		headers,
	});
}
