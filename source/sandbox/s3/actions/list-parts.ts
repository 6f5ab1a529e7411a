import {type ListPartsOutput, type ListPartsRequest} from '@aws-sdk/client-s3';
import {type BucketAction} from '../action.js';
import {findUpload} from '../uploads/uploads.js';

const maxPartsUsually = 1000;

export const listParts: BucketAction<ListPartsRequest, ListPartsOutput> = {
	name: 'ListParts',
	target: 'object',
	permissions: ['s3:ListMultipartUploadParts'],
	run(call) {
		const {world, bucket, key, input} = call;
		const upload = findUpload(call, input.UploadId);
		const maxParts = Math.min(input.MaxParts ?? maxPartsUsually, maxPartsUsually);
		const marker = Number(input.PartNumberMarker ?? 0);
		const rest = [...upload.parts.values()]
			.filter(({partNumber}) => partNumber > marker)
			.sort((left, right) => left.partNumber - right.partNumber);
		const page = rest.slice(0, maxParts);
		const owner = {ID: world.accounts.get(bucket.ownerAccountId)?.canonicalUserId};
		return {
			output: {
				Bucket: bucket.name,
				Key: key,
				UploadId: upload.uploadId,
				PartNumberMarker: String(marker),
				NextPartNumberMarker: String(page[page.length - 1]?.partNumber ?? 0),
				MaxParts: maxParts,
				IsTruncated: page.length < rest.length,
				Parts: page.map(({partNumber, etag, body, lastModifiedMs, checksum}) => ({
					PartNumber: partNumber,
					ETag: `"${etag}"`,
					Size: body.sizeBytes,
					LastModified: new Date(lastModifiedMs),
					...(upload.checksumAlgorithm === undefined || checksum === undefined
						? {}
						: {[`Checksum${checksum.algorithm}`]: checksum.value}),
				})),
				Initiator: {ID: upload.initiator, DisplayName: upload.initiator.split('/').pop()},
				Owner: owner,
				StorageClass: upload.storageClass as 'STANDARD',
				...(upload.checksumAlgorithm === undefined
					? {}
					: {
							ChecksumAlgorithm: upload.checksumAlgorithm,
							ChecksumType: upload.isChecksumComposite ? 'COMPOSITE' : 'FULL_OBJECT',
						}),
			},
		};
	},
};
