import {type UploadPartOutput, type UploadPartRequest} from '@aws-sdk/client-s3';
import {type BucketAction} from '../action.js';
import {s3Error} from '../errors.js';
import {otherChecksum} from '../sent-checksum.js';
import {storePart} from '../store-part.js';
import {checkPartNumber, findUpload} from '../uploads.js';

export const uploadPart: BucketAction<UploadPartRequest, UploadPartOutput> = {
	name: 'UploadPart',
	target: 'object',
	permissions: ['s3:PutObject'],
	run(call) {
		const {world, input, body} = call;
		const partNumber = checkPartNumber(input.PartNumber);
		const upload = findUpload(call, input.UploadId);
		const {received, checksum} = body;
		if (received === undefined) throw s3Error('InternalError');
		const wanted = upload.checksumAlgorithm;
		const isOther = wanted !== undefined && checksum !== undefined && checksum.algorithm !== wanted;
		if (isOther) throw otherChecksum(wanted, checksum.algorithm);
		const part = storePart(world, upload, {
			partNumber,
			body: received.take(),
			etag: received.md5,
			checksum,
		});
		return {
			output: {
				ETag: `"${part.etag}"`,
				ServerSideEncryption: 'AES256',
				...(checksum === undefined ? {} : {[`Checksum${checksum.algorithm}`]: checksum.value}),
			},
		};
	},
};
