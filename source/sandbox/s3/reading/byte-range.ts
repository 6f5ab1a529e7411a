import {invalidArgument, s3Error} from '../errors/errors.js';

export type ByteRange = {readonly firstByte: number; readonly lastByte: number};

/**
 * Takes the x-amz-copy-source-range header, gives the range; the whole where there is none. Throws InvalidArgument and
 * InvalidRange in the words AWS was recorded with in TestS3Multipart::test_upload_part_copy_range.
 */
export function parseCopyRange(header: string | undefined, sizeBytes: number): ByteRange {
	if (header === undefined) return {firstByte: 0, lastByte: sizeBytes - 1};
	const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(header) ?? [];
	if (first === undefined || last === undefined || Number(last) < Number(first)) {
		throw invalidArgument(
			'The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy',
			'x-amz-copy-source-range',
			header,
		);
	}
	if (Number(last) >= sizeBytes) {
		throw invalidArgument(
			`Range specified is not valid for source object of size: ${sizeBytes}`,
			'x-amz-copy-source-range',
			header,
		);
	}
	return {firstByte: Number(first), lastByte: Number(last)};
}

/**
 * Takes the Range header and the size in bytes, gives the range; undefined where the whole object is meant, which S3
 * also gives for what it cannot read. Throws InvalidRange (recorded: TestS3ObjectCRUD::test_get_object_range).
 */
export function parseRange(header: string | undefined, sizeBytes: number): ByteRange | undefined {
	const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
	if (first === undefined || last === undefined || (first === '' && last === '')) return undefined;
	const range =
		first === ''
			? {firstByte: Math.max(0, sizeBytes - Number(last)), lastByte: sizeBytes - 1}
			: {
					firstByte: Number(first),
					lastByte: last === '' ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1),
				};
	if (first !== '' && last !== '' && Number(last) < Number(first)) return undefined;
	if (range.firstByte >= sizeBytes || (first === '' && Number(last) === 0)) {
		throw s3Error('InvalidRange', {
			fields: {ActualObjectSize: String(sizeBytes), RangeRequested: header ?? ''},
		});
	}
	return range;
}
