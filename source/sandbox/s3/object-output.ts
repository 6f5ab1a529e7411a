import {type HeadObjectOutput} from '@aws-sdk/client-s3';
import {type ObjectData, type ObjectVersion, replicationStatusOf} from '../world/object-version.js';
import {type BucketCall} from './action.js';
import {restoreHeaderOf} from './archive.js';
import {describeChecksum} from './describe-checksum.js';
import {shownVersionId} from './write-version.js';

/** What HEAD and GET tell of an object in their headers. */
export function describeObject(
	{world, bucket}: BucketCall<unknown>,
	version: ObjectVersion & {readonly data: ObjectData},
	options: {readonly showsChecksum: boolean},
): HeadObjectOutput {
	const {data, tags, retention, legalHold} = version;
	const {headers} = data;
	// All members at once: an object that is put together of others costs V8 a new hidden class each time.
	return {
		CacheControl: headers.CacheControl,
		ContentDisposition: headers.ContentDisposition,
		ContentEncoding: headers.ContentEncoding,
		ContentLanguage: headers.ContentLanguage,
		ContentType: headers.ContentType,
		ExpiresString: headers.Expires,
		WebsiteRedirectLocation: headers.WebsiteRedirectLocation,
		AcceptRanges: 'bytes',
		LastModified: new Date(version.lastModifiedMs),
		ContentLength: data.body.sizeBytes,
		ETag: `"${data.etag}"`,
		ServerSideEncryption: 'AES256',
		Metadata: {...data.metadata},
		// STANDARD is the one class that S3 leaves out (S3 API reference, HeadObject).
		StorageClass: data.storageClass === 'STANDARD' ? undefined : (data.storageClass as 'STANDARD_IA'),
		Restore: version.restore === undefined ? undefined : restoreHeaderOf(world, version),
		TagCount: tags.length === 0 ? undefined : tags.length,
		...(options.showsChecksum && data.checksum !== undefined ? describeChecksum(data.checksum) : undefined),
		ObjectLockMode: retention?.mode,
		ObjectLockRetainUntilDate: retention === undefined ? undefined : new Date(retention.untilMs),
		ObjectLockLegalHoldStatus: legalHold,
		VersionId: shownVersionId(world, bucket, version),
		ReplicationStatus: replicationStatusOf(version),
	};
}
