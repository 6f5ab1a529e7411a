import {type GetObjectAttributesParts, type GetObjectAttributesRequest} from '@aws-sdk/client-s3';
import {type ObjectData} from '../../world/object-version.js';

const usualParts = 1000;

/**
 * The parts of an object that was uploaded in parts, a page of them; without checksums of its parts only their number
 * is told (S3 API reference, GetObjectAttributesParts, "Parts").
 */
export function partsPage(
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
		NextPartNumberMarker: String(page[page.length - 1]?.partNumber ?? 0),
		MaxParts,
		IsTruncated: page.length < rest.length,
		Parts: page.map(({partNumber, sizeBytes, checksum}) => ({
			PartNumber: partNumber,
			Size: sizeBytes,
			[`Checksum${checksum.algorithm}`]: checksum.value,
		})),
	};
}
