import {type Checksum, type ObjectData} from '../../world/object-version.js';
import {type ByteRange, parseRange} from './byte-range.js';
import {invalidRequest, s3Error} from '../errors/errors.js';

/**
 * Takes the partNumber of GET or HEAD, gives the bytes of that part; an object that was not uploaded in parts is one
 * part. Throws InvalidPartNumber (S3 API reference, GetObject).
 */
function partRangeOf(partNumber: number | undefined, data: ObjectData): ByteRange | undefined {
	if (partNumber === undefined) return undefined;
	const sizesBytes = data.partSizesBytes ?? [data.body.sizeBytes];
	const sizeBytes = sizesBytes[partNumber - 1];
	if (sizeBytes === undefined) throw s3Error('InvalidPartNumber');
	const firstByte = sizesBytes.slice(0, partNumber - 1).reduce((sum, size) => sum + size, 0);
	return {firstByte, lastByte: firstByte + sizeBytes - 1};
}

/**
 * Takes what GET or HEAD asks for, gives the bytes; undefined where the whole object is meant. Throws InvalidRequest where both a
 * part and a range are asked for (S3 API reference, GetObject; words: third-party), InvalidPartNumber, InvalidRange.
 */
export function wantedRangeOf(
	input: {readonly PartNumber?: number | undefined; readonly Range?: string | undefined},
	data: ObjectData,
): ByteRange | undefined {
	if (input.PartNumber !== undefined && input.Range !== undefined) {
		throw invalidRequest('Cannot specify both Range header and partNumber query parameter');
	}
	return partRangeOf(input.PartNumber, data) ?? parseRange(input.Range, data.body.sizeBytes);
}

/** The Content-Range of an answer; a part without bytes has none to name. */
export function contentRangeOf({firstByte, lastByte}: ByteRange, sizeBytes: number): string | undefined {
	return lastByte < firstByte ? undefined : `bytes ${firstByte}-${lastByte}/${sizeBytes}`;
}

/**
 * The checksum of what HEAD or GET gives, where it was asked for: the object's, a part's where a part is meant and its checksum
 * was kept, of other ranges none (S3 User Guide, checking-object-integrity-upload, "part-level checksums"). The type
 * beside a part's is the object's: guessed.
 */
export function checksumOfRange(
	input: {readonly ChecksumMode?: string | undefined; readonly PartNumber?: number | undefined},
	{checksum, parts, partSizesBytes}: ObjectData,
	range: ByteRange | undefined,
): Checksum | undefined {
	if (input.ChecksumMode !== 'ENABLED') return undefined;
	if (input.PartNumber === undefined) return range === undefined ? checksum : undefined;
	if (partSizesBytes === undefined) return checksum;
	const part = parts?.length === partSizesBytes.length ? parts[input.PartNumber - 1] : undefined;
	return part && {...part.checksum, isComposite: checksum?.isComposite === true};
}

/** How many parts there are, told to who asks for one. */
export function partCountOf(
	partNumber: number | undefined,
	{partSizesBytes}: ObjectData,
): {readonly PartsCount?: number} {
	return partNumber === undefined || partSizesBytes === undefined ? {} : {PartsCount: partSizesBytes.length};
}
