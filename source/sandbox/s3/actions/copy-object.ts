import {type CopyObjectOutput, type CopyObjectRequest} from '@aws-sdk/client-s3';
import {type ObjectHeaders} from '../../world/object-version.js';
import {type BucketAction, type BucketCall} from '../action.js';
import {copiedBytesOf} from '../reading/copied-data.js';
import {describeChecksum} from '../objects/describe-checksum.js';
import {type CopySource, findCopySource} from '../reading/copy-source.js';
import {isArchived} from '../objects/archive.js';
import {aclOfWrite} from '../acl/object-owner.js';
import {describeEncryption, encryptionOfWrite} from '../objects/encryption.js';
import {shownEtagOf} from '../objects/shown-etag.js';
import {invalidRequest} from '../errors/errors.js';
import {checkCopyConditions, checkWriteConditions} from '../objects/preconditions.js';
import {lockStateOf} from '../objects/object-lock.js';
import {refuseUnsupportedWrite} from '../objects/refuse-unsupported.js';
import {redirectLocationOf, storedHeadersOf, storedMetadataOf} from '../objects/stored-headers.js';
import {parseTaggingHeader} from '../tags/tags.js';
import {shownVersionId, writeVersion} from '../versions/write-version.js';
import {writePermissions} from './write-permissions.js';

export const copyObject: BucketAction<CopyObjectRequest, CopyObjectOutput> = {
	name: 'CopyObject',
	target: 'object',
	permissions: writePermissions,
	async run(call) {
		const {world, bucket, key, input, request, versionWritten} = call;
		refuseUnsupportedWrite(input);
		const acl = aclOfWrite(call, bucket, input);
		const source = findCopySource(call, input.CopySource ?? '');
		checkCopyConditions(input, source.version, call.world.clock.now());
		const {data} = source.version;
		const replacesMetadata = input.MetadataDirective === 'REPLACE';
		refuseUnchanged(call, source);
		const lock = lockStateOf(bucket, input, world.clock.now());
		checkWriteConditions(input, key, bucket.versions.current(key));
		const encryption = encryptionOfWrite(call, bucket, key, input);
		// Held before the write: on a bucket without versioning that may let go of the very same bytes.
		const body = world.bodies.share(data.body);
		const {etag: md5, checksum} = await copiedBytesOf(data, input.ChecksumAlgorithm).catch(
			(error: unknown) => {
				world.bodies.release(body);
				throw error;
			},
		);
		const etag = shownEtagOf(world, md5, encryption);
		const version = writeVersion(world, bucket, {
			key,
			lock,
			acl,
			tags: input.TaggingDirective === 'REPLACE' ? parseTaggingHeader(input.Tagging) : source.version.tags,
			data: {
				body,
				etag,
				checksum,
				encryption,
				headers: headersOfCopy(
					redirectLocationOf(input.WebsiteRedirectLocation, request.headerBytes),
					replacesMetadata ? storedHeadersOf(input, request) : data.headers,
				),
				metadata: replacesMetadata ? storedMetadataOf(input.Metadata, request) : data.metadata,
				storageClass: input.StorageClass ?? 'STANDARD',
			},
		});
		versionWritten(bucket, version);
		return {
			output: {
				CopyObjectResult: {
					ETag: `"${etag}"`,
					LastModified: new Date(version.lastModifiedMs),
					...describeChecksum(checksum),
				},
				...describeEncryption(encryption),
				VersionId: version.versionId === 'null' ? undefined : shownVersionId(world, bucket, version),
				CopySourceVersionId: shownVersionId(world, source.bucket, source.version),
			},
		};
	},
};

/**
 * Throws where an object would be copied onto itself and nothing of it would change. What changes it: metadata, storage
 * class, website redirect location and encryption, that of the bucket among them (S3 API reference, CopyObject; tags: guessed). A
 * version that is named is one that is put back, though it may be the current one (S3 User Guide, RestoringPreviousVersions).
 */
function refuseUnchanged(
	{bucket, key, input}: BucketCall<CopyObjectRequest>,
	{bucket: sourceBucket, version, isVersionNamed}: CopySource,
): void {
	const isItself = sourceBucket === bucket && version === bucket.versions.current(key);
	const isChanged =
		isVersionNamed ||
		isArchived(version.data) ||
		input.MetadataDirective === 'REPLACE' ||
		input.TaggingDirective === 'REPLACE' ||
		input.StorageClass !== undefined ||
		input.WebsiteRedirectLocation !== undefined ||
		input.ServerSideEncryption !== undefined ||
		bucket.settings.has('encryption');
	if (!isItself || isChanged) return;
	throw invalidRequest(
		"This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
	);
}

/** The redirect location is never the source's, whatever the directive (S3 API reference, CopyObject). */
function headersOfCopy(location: string | undefined, headers: ObjectHeaders): ObjectHeaders {
	return headers.WebsiteRedirectLocation === location
		? headers
		: {...headers, WebsiteRedirectLocation: location};
}
