import {
	type GetObjectAttributesOutput,
	type GetObjectAttributesParts,
	type GetObjectAttributesRequest,
} from '@aws-sdk/client-s3';
import {type ObjectData} from '../../world/object-version.js';
import {type BucketAction} from '../action.js';
import {checksumMember, describeChecksum} from '../objects/describe-checksum.js';
import {requireDecrypt} from '../objects/encryption.js';
import {s3Error} from '../errors/errors.js';
import {findObject} from '../versions/find-version.js';
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
					? {Checksum: describeChecksum(data.checksum)}
					: {}),
				...(wanted.has('ObjectParts') && parts !== undefined ? {ObjectParts: parts} : {}),
			},
		};
	},
};

const usualParts = 1000;

/**
 * The parts of an object that was uploaded in parts, a page of them; without checksums of its parts only their number
 * is told (S3 API reference, GetObjectAttributesParts, "Parts").
 */
function partsPage(
	{parts, partSizesBytes}: ObjectData,
	{
		MaxParts = usualParts,
		PartNumberMarker,
	}: Pick<GetObjectAttributesRequest, 'MaxParts' | 'PartNumberMarker'>,
): GetObjectAttributesParts | undefined {
	if (partSizesBytes === undefined) return undefined;
	const TotalPartsCount = partSizesBytes.length;
	if (parts === undefined) return {TotalPartsCount};
	const after = Number(PartNumberMarker ?? 0);
	const rest = parts.filter(({partNumber}) => partNumber > after);
	const page = rest.slice(0, Math.min(MaxParts, usualParts));
	return {
		TotalPartsCount,
		PartNumberMarker: String(after),
		NextPartNumberMarker: String(page.at(-1)?.partNumber ?? 0),
		MaxParts,
		IsTruncated: page.length < rest.length,
		Parts: page.map(({partNumber, sizeBytes, checksum}) => ({
			PartNumber: partNumber,
			Size: sizeBytes,
			...checksumMember(checksum),
		})),
	};
}
