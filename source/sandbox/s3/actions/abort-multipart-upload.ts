import {type AbortMultipartUploadRequest} from '@aws-sdk/client-s3';
import {type BucketAction} from '../action.js';
import {findUpload, releaseParts} from '../uploads/uploads.js';

export const abortMultipartUpload: BucketAction<AbortMultipartUploadRequest, object> = {
	name: 'AbortMultipartUpload',
	target: 'object',
	permissions: ['s3:AbortMultipartUpload'],
	run(call) {
		const upload = findUpload(call, call.input.UploadId);
		call.bucket.uploads.delete(upload.uploadId);
		releaseParts(call.world, upload);
		return {status: 204};
	},
};
