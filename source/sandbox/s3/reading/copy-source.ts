import {unescapeUri} from '../../wire/percent.js';
import {type Bucket} from '../../world/bucket.js';
import {type ObjectData, type ObjectVersion} from '../../world/object-version.js';
import {type BucketCall, objectArn} from '../action.js';
import {requireReadable} from '../objects/archive.js';
import {requireDecrypt} from '../objects/encryption.js';
import {findObject} from '../versions/find-version.js';
import {noAccountId} from '../requests/expected-owner.js';
import {invalidArgument, s3Error} from '../errors/errors.js';

export type CopySource = {
	readonly bucket: Bucket;
	readonly version: ObjectVersion & {readonly data: ObjectData};
	/** The header names a version, be it the current one. */
	readonly isVersionNamed: boolean;
};

/**
 * Takes the x-amz-copy-source header (`bucket/key` or `/bucket/key`, percent-encoded, `?versionId=` behind it), gives
 * the object the caller may read there (S3 API reference, CopyObject). It may be in another region.
 */
export function findCopySource(call: BucketCall<unknown>, header: string): CopySource {
	const [path = '', versionQuery] = header.split('?versionId=');
	const [bucketName = '', ...keyParts] = unescapeUri(path).replace(/^\//, '').split('/');
	const key = keyParts.join('/');
	if (bucketName === '' || key === '') {
		throw invalidArgument(
			'Copy Source must mention the source bucket and key: sourcebucket/sourcekey',
			'x-amz-copy-source',
			header,
		);
	}
	const bucket = call.world.buckets.get(bucketName);
	if (bucket === undefined) throw s3Error('NoSuchBucket', {fields: {BucketName: bucketName}});
	checkSourceOwner(call.request.headers['x-amz-source-expected-bucket-owner'], bucket);
	const from = call.from(bucket);
	const action = versionQuery === undefined ? 's3:GetObject' : 's3:GetObjectVersion';
	from.require({action, resource: objectArn(bucket, key), versionId: versionQuery});
	const version = findObject({...call, ...from, bucket, key}, versionQuery);
	requireReadable(call.world, version, "Operation is not valid for the source object's storage class");
	requireDecrypt(call, bucket, key, version.data.encryption);
	return {bucket, version, isVersionNamed: versionQuery !== undefined};
}

/** Throws where the source is another account's than the caller expects (S3 API reference, CopyObject). */
function checkSourceOwner(expected: string | undefined, {ownerAccountId}: Bucket): void {
	if (expected === undefined || expected === ownerAccountId) return;
	throw /^\d{12}$/.test(expected) ? s3Error('AccessDenied') : noAccountId(expected);
}
