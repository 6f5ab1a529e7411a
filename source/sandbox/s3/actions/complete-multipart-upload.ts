import {type CompleteMultipartUploadOutput, type CompleteMultipartUploadRequest} from '@aws-sdk/client-s3';
import {type UploadedPart} from '../../world/object-version.js';
import {type Part} from '../../world/upload.js';
import {type BucketAction} from '../action.js';
import {chosenParts} from '../chosen-parts.js';
import {describeChecksum} from '../describe-checksum.js';
import {s3Error} from '../errors.js';
import {checkWhole, etagOfParts, joinedChecksum} from '../joined-parts.js';
import {checkWriteConditions, conditionPermissions} from '../preconditions.js';
import {findUpload, releaseParts} from '../uploads.js';
import {shownVersionId, writeVersion} from '../write-version.js';

export const completeMultipartUpload: BucketAction<
	CompleteMultipartUploadRequest,
	CompleteMultipartUploadOutput
> = {
	name: 'CompleteMultipartUpload',
	target: 'object',
	permissions: ({input}) => ['s3:PutObject', ...conditionPermissions(input)],
	async run(call) {
		const {world, bucket, key, input, request, versionWritten} = call;
		const begun = findUpload(call, input.UploadId);
		const parts = chosenParts(begun, input.MultipartUpload?.Parts ?? []);
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
				checksum,
				partSizesBytes: parts.map(({body}) => body.sizeBytes),
				...(upload.checksumAlgorithm === undefined ? {} : {parts: uploadedParts(parts)}),
			},
		});
		versionWritten(bucket, version);
		return {
			output: {
				Location: `https://${bucket.name}.s3.${bucket.region}.amazonaws.com/${encodeURIComponent(key)}`,
				Bucket: bucket.name,
				Key: key,
				ETag: `"${version.data?.etag ?? ''}"`,
				ServerSideEncryption: 'AES256',
				VersionId: version.versionId === 'null' ? undefined : shownVersionId(world, bucket, version),
				...describeChecksum(checksum),
			},
		};
	},
};

function uploadedParts(parts: readonly Part[]): readonly UploadedPart[] {
	return parts.flatMap(({partNumber, body, checksum}) =>
		checksum === undefined ? [] : [{partNumber, sizeBytes: body.sizeBytes, checksum}],
	);
}
