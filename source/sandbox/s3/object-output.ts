import {type HeadObjectOutput} from '@aws-sdk/client-s3';
import {type ObjectData, type ObjectVersion, replicationStatusOf} from '../world/object-version.js';
import {type BucketCall} from './action.js';
import {describeChecksum} from './describe-checksum.js';
import {shownVersionId} from './write-version.js';

/** What HEAD and GET tell of an object in their headers. */
export function describeObject(
	{world, bucket}: BucketCall<unknown>,
	version: ObjectVersion & {readonly data: ObjectData},
	options: {readonly showsChecksum: boolean},
): HeadObjectOutput {
	const {data} = version;
	const {Expires, ...headers} = data.headers;
	return {
		...headers,
		...(Expires === undefined ? {} : {ExpiresString: Expires}),
		AcceptRanges: 'bytes',
		LastModified: new Date(version.lastModifiedMs),
		ContentLength: data.body.sizeBytes,
		ETag: `"${data.etag}"`,
		ServerSideEncryption: 'AES256',
		Metadata: {...data.metadata},
		// STANDARD is the one class that S3 leaves out (S3 API reference, HeadObject).
		...(data.storageClass === 'STANDARD' ? {} : {StorageClass: data.storageClass as 'STANDARD_IA'}),
		...(version.tags.length === 0 ? {} : {TagCount: version.tags.length}),
		...(options.showsChecksum && data.checksum !== undefined ? describeChecksum(data.checksum) : {}),
		...lockOutputOf(version),
		VersionId: shownVersionId(world, bucket, version),
		ReplicationStatus: replicationStatusOf(version),
	};
}

function lockOutputOf({retention, legalHold}: ObjectVersion): Partial<HeadObjectOutput> {
	return {
		...(retention === undefined
			? {}
			: {ObjectLockMode: retention.mode, ObjectLockRetainUntilDate: new Date(retention.untilMs)}),
		...(legalHold === undefined ? {} : {ObjectLockLegalHoldStatus: legalHold}),
	};
}
