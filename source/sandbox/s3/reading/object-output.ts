import {type HeadObjectOutput} from '@aws-sdk/client-s3';
import {
	type Checksum,
	type ObjectData,
	type ObjectVersion,
	replicationStatusOf,
} from '../../world/object-version.js';
import {type BucketCall, type S3Reply} from '../action.js';
import {restoreHeaderOf} from '../objects/archive.js';
import {describeChecksum} from '../objects/describe-checksum.js';
import {describeEncryption} from '../objects/encryption.js';
import {shownVersionId} from '../versions/write-version.js';

/**
 * The headers of an object that no member of the SDK's can hold: Expires goes out as the text that came, a date or not (S3
 * API reference, HeadObject: a response-expires stands in its place).
 */
export function plainHeadersOf(
	{data}: {readonly data: ObjectData},
	responseExpires?: string,
): Record<string, string> {
	const expires = responseExpires ?? data.headers.Expires;
	return expires === undefined ? {} : {expires};
}

/**
 * What is left of an object's headers where it was not modified: those about its state, none about its bytes, which a client
 * would check the missing body against (RFC 9110, 15.4.5).
 */
export function notModified(
	output: HeadObjectOutput,
	headers: Record<string, string>,
): S3Reply<HeadObjectOutput> {
	const {CacheControl, ETag, LastModified, VersionId, ReplicationStatus} = output;
	return {status: 304, headers, output: {CacheControl, ETag, LastModified, VersionId, ReplicationStatus}};
}

/** What HEAD and GET tell of an object in their headers, with the checksum that they are to tell. */
export function describeObject(
	{world, bucket}: BucketCall<unknown>,
	version: ObjectVersion & {readonly data: ObjectData},
	checksum: Checksum | undefined,
): HeadObjectOutput {
	const {data, tags, retention, legalHold} = version;
	const {headers} = data;
	const encryption = describeEncryption(data.encryption);
	// All members at once: an object that is put together of others costs V8 a new hidden class each time.
	return {
		CacheControl: headers.CacheControl,
		ContentDisposition: headers.ContentDisposition,
		ContentEncoding: headers.ContentEncoding,
		ContentLanguage: headers.ContentLanguage,
		ContentType: headers.ContentType,
		WebsiteRedirectLocation: headers.WebsiteRedirectLocation,
		AcceptRanges: 'bytes',
		LastModified: new Date(version.lastModifiedMs),
		ContentLength: data.body.sizeBytes,
		ETag: `"${data.etag}"`,
		ServerSideEncryption: encryption.ServerSideEncryption,
		SSEKMSKeyId: encryption.SSEKMSKeyId,
		BucketKeyEnabled: encryption.BucketKeyEnabled,
		Metadata: {...data.metadata},
		// STANDARD is the one class that S3 leaves out (S3 API reference, HeadObject).
		StorageClass: data.storageClass === 'STANDARD' ? undefined : (data.storageClass as 'STANDARD_IA'),
		Restore: version.restore === undefined ? undefined : restoreHeaderOf(world, version),
		TagCount: tags.length === 0 ? undefined : tags.length,
		...describeChecksum(checksum),
		ObjectLockMode: retention?.mode,
		ObjectLockRetainUntilDate: retention === undefined ? undefined : new Date(retention.untilMs),
		ObjectLockLegalHoldStatus: legalHold,
		VersionId: shownVersionId(world, bucket, version),
		ReplicationStatus: replicationStatusOf(version),
	};
}
