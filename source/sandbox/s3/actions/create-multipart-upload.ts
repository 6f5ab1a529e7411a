import {type CreateMultipartUploadOutput, type CreateMultipartUploadRequest} from '@aws-sdk/client-s3';
import {callerOf} from '../../access/decide-access.js';
import {wholeSeconds} from '../../world/clock.js';
import {type ChecksumName} from '../../world/object-version.js';
import {type BucketAction} from '../action.js';
import {aclOfWrite} from '../acl/object-owner.js';
import {describeEncryption, encryptionOfWrite} from '../objects/encryption.js';
import {invalidRequest, s3Error} from '../errors/errors.js';
import {lockStateOf} from '../objects/object-lock.js';
import {knownAlgorithm} from '../requests/sent-checksum.js';
import {refuseUnsupportedWrite} from '../objects/refuse-unsupported.js';
import {storedHeadersOf, storedMetadataOf} from '../objects/stored-headers.js';
import {parseTaggingHeader} from '../tags/tags.js';
import {shownAlgorithm} from '../uploads/uploads.js';
import {writePermissions} from './write-permissions.js';

const maxKeyBytes = 1024;

export const createMultipartUpload: BucketAction<CreateMultipartUploadRequest, CreateMultipartUploadOutput> =
	{
		name: 'CreateMultipartUpload',
		target: 'object',
		permissions: writePermissions,
		run({world, bucket, key, identity, input, request}) {
			if (Buffer.byteLength(key) > maxKeyBytes) throw s3Error('KeyTooLongError');
			refuseUnsupportedWrite(input);
			const caller = callerOf(identity);
			const checksumAlgorithm = input.ChecksumAlgorithm && knownAlgorithm(input.ChecksumAlgorithm);
			const isChecksumComposite = isComposite(checksumAlgorithm, input.ChecksumType);
			const encryption = encryptionOfWrite({world, identity}, bucket, key, input);
			const uploadId = world.ids.uploadId();
			bucket.uploads.set(uploadId, {
				uploadId,
				key,
				initiatedMs: wholeSeconds(world.clock.now()).getTime(),
				sequence: world.nextSequence(),
				initiator: 'arn' in caller ? caller.arn : 'anonymous',
				headers: storedHeadersOf(input, request),
				metadata: storedMetadataOf(input.Metadata, request),
				storageClass: input.StorageClass ?? 'STANDARD',
				encryption,
				lock: lockStateOf(bucket, input, world.clock.now()),
				acl: aclOfWrite({world, identity}, bucket, input),
				isKeyDeletedSince: false,
				tags: parseTaggingHeader(input.Tagging),
				checksumAlgorithm,
				isChecksumComposite,
				parts: new Map(),
			});
			return {
				output: {
					Bucket: bucket.name,
					Key: key,
					UploadId: uploadId,
					...describeEncryption(encryption),
					...shownAlgorithm({checksumAlgorithm, isChecksumComposite}),
				},
			};
		},
	};

/** Which types an algorithm may have, and which it has by itself (S3 User Guide, checking-object-integrity-upload). */
function isComposite(algorithm: ChecksumName | undefined, type: string | undefined): boolean {
	const isAllowed =
		type === undefined ||
		(type === 'FULL_OBJECT' && algorithm !== undefined && algorithm.startsWith('CRC')) ||
		(type === 'COMPOSITE' && algorithm !== undefined && algorithm !== 'CRC64NVME');
	if (!isAllowed) {
		throw invalidRequest(
			`The ${type} checksum type cannot be used with the ${(algorithm ?? 'null').toLowerCase()} checksum algorithm.`,
		);
	}
	if (type !== undefined) return type === 'COMPOSITE';
	return algorithm !== undefined && algorithm !== 'CRC64NVME';
}
