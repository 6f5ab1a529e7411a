import {type WireRequest} from './wire-request.js';

/** The other service of S3: it is told by its path, and names the account in a header (S3 Control API reference). */
export function isForS3Control({rawPath, headers}: WireRequest): boolean {
	return headers['x-amz-account-id'] !== undefined && rawPath.startsWith('/v20180820/');
}
