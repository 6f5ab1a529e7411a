import {type UploadPartOutput, type UploadPartRequest} from '@aws-sdk/client-s3';
import {type BucketAction} from '../action.js';
import {checksumMember} from '../objects/describe-checksum.js';
import {describeEncryption, requireDecrypt} from '../objects/encryption.js';
import {shownEtagOf} from '../objects/shown-etag.js';
import {s3Error} from '../errors/errors.js';
import {otherChecksum} from '../requests/sent-checksum.js';
import {checkPartNumber, findUpload, storePart} from '../uploads/uploads.js';

export const uploadPart: BucketAction<UploadPartRequest, UploadPartOutput> = {
	name: 'UploadPart',
	target: 'object',
	permissions: ['s3:PutObject'],
	run(call) {
		const {world, input, body} = call;
		const partNumber = checkPartNumber(input.PartNumber);
		const upload = findUpload(call, input.UploadId);
		requireDecrypt(call, call.bucket, call.key, upload.encryption);
		const {received, checksum} = body;
		if (received === undefined) throw s3Error('InternalError');
		const wanted = upload.checksumAlgorithm;
		const isOther = wanted !== undefined && checksum !== undefined && checksum.algorithm !== wanted;
		if (isOther) throw otherChecksum(wanted, checksum.algorithm);
		const part = storePart(world, upload, {
			partNumber,
			body: received.take(),
			etag: shownEtagOf(world, received.md5, upload.encryption),
			checksum,
		});
		return {
			output: {
				ETag: `"${part.etag}"`,
				...describeEncryption(upload.encryption),
				...checksumMember(checksum),
			},
		};
	},
};
