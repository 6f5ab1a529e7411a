import {s3Error} from './errors.js';

export type ByteRange = {readonly firstByte: number; readonly lastByte: number};

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
