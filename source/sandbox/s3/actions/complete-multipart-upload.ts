import {type CompleteMultipartUploadOutput, type CompleteMultipartUploadRequest} from '@aws-sdk/client-s3';
import {type ObjectVersion, type UploadedPart} from '../../world/object-version.js';
import {type Part} from '../../world/upload.js';
import {type BucketAction, type BucketCall} from '../action.js';
import {chosenParts} from '../uploads/chosen-parts.js';
import {describeChecksum} from '../objects/describe-checksum.js';
import {describeEncryption, requireDecrypt} from '../objects/encryption.js';
import {invalidRequest, s3Error} from '../errors/errors.js';
import {checkWhole, etagOfParts, joinedChecksum} from '../uploads/joined-parts.js';
import {checkWriteConditions, conditionPermissions} from '../objects/preconditions.js';
import {findUpload, releaseParts} from '../uploads/uploads.js';
import {shownVersionId, writeVersion} from '../versions/write-version.js';

export const completeMultipartUpload: BucketAction<
	CompleteMultipartUploadRequest,
	CompleteMultipartUploadOutput
> = {
	name: 'CompleteMultipartUpload',
	target: 'object',
	permissions: ({input}) => ['s3:PutObject', ...conditionPermissions(input)],
	async run(call) {
		const {world, bucket, key, input, request, versionWritten} = call;
		const before = completedBefore(call);
		if (before !== undefined) return {output: describeCompleted(call, before)};
		const begun = findUpload(call, input.UploadId);
		// Third-party: without a document it is another refusal than with one that has no parts.
		if (input.MultipartUpload === undefined) {
			throw invalidRequest('You must specify at least one part');
		}
		// The parts are read again (S3 API reference, CreateMultipartUpload, "Permissions").
		requireDecrypt(call, bucket, key, begun.encryption);
		const parts = chosenParts(begun, input.MultipartUpload.Parts ?? []);
		checkWhole(begun, parts, input);
		const checksum = await joinedChecksum(world, begun, parts, request.headers);
		// While the bytes were read it may have been aborted, or completed by another request.
		const upload = findUpload(call, input.UploadId);
		if (parts.some((part) => upload.parts.get(part.partNumber) !== part)) throw s3Error('InvalidPart');
		const current = bucket.versions.current(key);
		checkWriteConditions(input, key, current);
		const hasChanged = current !== undefined && current.sequence > upload.sequence;
		if (input.IfMatch !== undefined && hasChanged) {
			throw s3Error('ConditionalRequestConflict', {fields: {Condition: 'If-Match', Key: key}});
		}
		// Recorded: test_multipart_if_none_match_with_delete.
		if (input.IfNoneMatch !== undefined && upload.isKeyDeletedSince) {
			throw s3Error('ConditionalRequestConflict', {fields: {Condition: 'If-None-Match', Key: key}});
		}
		bucket.uploads.delete(upload.uploadId);
		for (const part of parts) upload.parts.delete(part.partNumber);
		releaseParts(world, upload);
		const version = writeVersion(world, bucket, {
			key,
			tags: upload.tags,
			lock: upload.lock,
			acl: upload.acl,
			data: {
				body: world.bodies.join(parts.map(({body}) => body)),
				etag: etagOfParts(parts),
				headers: upload.headers,
				metadata: upload.metadata,
				storageClass: upload.storageClass,
				encryption: upload.encryption,
				checksum,
				partSizesBytes: parts.map(({body}) => body.sizeBytes),
				...(upload.checksumAlgorithm === undefined ? {} : {parts: uploadedParts(parts)}),
			},
		});
		versionWritten(bucket, version);
		noteCompleted(call, version);
		return {output: describeCompleted(call, version)};
	},
};

function describeCompleted(
	{world, bucket, key}: BucketCall<unknown>,
	version: ObjectVersion,
): CompleteMultipartUploadOutput {
	return {
		Location: `https://${bucket.name}.s3.${bucket.region}.${world.partition.dnsSuffix}/${encodeURIComponent(key)}`,
		Bucket: bucket.name,
		Key: key,
		ETag: `"${version.data?.etag ?? ''}"`,
		...describeEncryption(version.data?.encryption),
		VersionId: version.versionId === 'null' ? undefined : shownVersionId(world, bucket, version),
		...describeChecksum(version.data?.checksum),
	};
}

/** Enough for what is repeated within minutes. */
const completedKept = 1000;

/**
 * The version that the very same request made before, where that is still there: clients repeat what they got no answer to, and S3
 * answers 200 with the same entity tag (third-party; S3 API reference, CompleteMultipartUpload, says that processing may outlast a client).
 */
function completedBefore({
	bucket,
	key,
	input,
}: BucketCall<CompleteMultipartUploadRequest>): ObjectVersion | undefined {
	const completed = bucket.completedUploads.get(input.UploadId ?? '');
	if (completed?.key !== key || completed.parts !== partListOf(input)) return undefined;
	const {version} = completed;
	return bucket.versions.find(key, version.versionId) === version ? version : undefined;
}

function noteCompleted(
	{bucket, key, input}: BucketCall<CompleteMultipartUploadRequest>,
	version: ObjectVersion,
): void {
	const {completedUploads} = bucket;
	completedUploads.set(input.UploadId ?? '', {key, parts: partListOf(input), version});
	const [oldest] = completedUploads.keys();
	if (completedUploads.size > completedKept && oldest !== undefined) completedUploads.delete(oldest);
}

function partListOf({MultipartUpload}: CompleteMultipartUploadRequest): string {
	return (MultipartUpload?.Parts ?? []).map(({PartNumber, ETag}) => `${PartNumber}:${ETag}`).join();
}

function uploadedParts(parts: readonly Part[]): readonly UploadedPart[] {
	return parts.flatMap(({partNumber, body, checksum}) =>
		checksum === undefined ? [] : [{partNumber, sizeBytes: body.sizeBytes, checksum}],
	);
}
