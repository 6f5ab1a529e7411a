import {type GetObjectAttributesOutput, type GetObjectAttributesRequest} from '@aws-sdk/client-s3';
import {type BucketAction} from '../action.js';
import {checksumTypeOf} from '../objects/describe-checksum.js';
import {requireDecrypt} from '../objects/encryption.js';
import {s3Error} from '../errors/errors.js';
import {findObject} from '../versions/find-version.js';
import {partsPage} from '../uploads/parts-page.js';
import {shownVersionId} from '../versions/write-version.js';

const names = new Set(['ETag', 'Checksum', 'ObjectParts', 'StorageClass', 'ObjectSize']);

/** Needs what GetObject needs and its own (S3 API reference, GetObjectAttributes, "Permissions"). */
export const getObjectAttributes: BucketAction<GetObjectAttributesRequest, GetObjectAttributesOutput> = {
	name: 'GetObjectAttributes',
	target: 'object',
	permissions: ({input}) =>
		input.VersionId === undefined
			? ['s3:GetObject', 's3:GetObjectAttributes']
			: ['s3:GetObjectVersion', 's3:GetObjectVersionAttributes'],
	run(call) {
		const version = findObject(call, call.input.VersionId);
		const {data} = version;
		const wanted = new Set<string>(call.input.ObjectAttributes ?? []);
		const unknown = [...wanted].find((name) => !names.has(name));
		if (wanted.size === 0 || unknown !== undefined) {
			throw s3Error('InvalidArgument', {
				message: 'Invalid attribute name specified.',
				fields: {ArgumentName: 'x-amz-object-attributes'},
			});
		}
		// Only checksums are encrypted with the object (S3 API reference, GetObjectAttributes).
		if (wanted.has('Checksum')) requireDecrypt(call, call.bucket, call.key, data.encryption);
		const parts = partsPage(data, call.input);
		return {
			output: {
				LastModified: new Date(version.lastModifiedMs),
				VersionId: shownVersionId(call.world, call.bucket, version),
				...(wanted.has('ETag') ? {ETag: data.etag} : {}),
				...(wanted.has('ObjectSize') ? {ObjectSize: data.body.sizeBytes} : {}),
				...(wanted.has('StorageClass') ? {StorageClass: data.storageClass as 'STANDARD'} : {}),
				...(wanted.has('Checksum') && data.checksum !== undefined
					? {
							Checksum: {
								[`Checksum${data.checksum.algorithm}`]: data.checksum.value,
								ChecksumType: checksumTypeOf(data.checksum),
							},
						}
					: {}),
				...(wanted.has('ObjectParts') && parts !== undefined ? {ObjectParts: parts} : {}),
			},
		};
	},
};
