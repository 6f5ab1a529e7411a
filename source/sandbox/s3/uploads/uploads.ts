import {type ListPartsOutput} from '@aws-sdk/client-s3';
import {wholeSeconds} from '../../world/clock.js';
import {type Part, type Upload} from '../../world/upload.js';
import {type World} from '../../world/world.js';
import {type BucketCall} from '../action.js';
import {invalidArgument, s3Error} from '../errors/errors.js';

const maxPartNumber = 10_000;

/** Finds an upload of the key that is under way. Throws NoSuchUpload. */
export function findUpload({bucket, key}: BucketCall<unknown>, uploadId: string | undefined): Upload {
	const upload = bucket.uploads.get(uploadId ?? '');
	if (upload?.key !== key) throw s3Error('NoSuchUpload', {fields: {UploadId: uploadId ?? ''}});
	return upload;
}

/** Throws InvalidArgument for a number that no part may have (S3 API reference, UploadPart). */
export function checkPartNumber(partNumber: number | undefined): number {
	const number = partNumber ?? Number.NaN;
	if (Number.isInteger(number) && number >= 1 && number <= maxPartNumber) return number;
	throw invalidArgument(
		`Part number must be an integer between 1 and ${maxPartNumber}, inclusive`,
		'partNumber',
		String(partNumber ?? ''),
	);
}

/** Lets go of the bytes of an upload that comes to nothing. */
export function releaseParts(world: World, {parts}: Upload): void {
	for (const {body} of parts.values()) world.bodies.release(body);
}

/** What answers tell of the checksum that the client chose. */
export function shownAlgorithm({
	checksumAlgorithm,
	isChecksumComposite,
}: Pick<Upload, 'checksumAlgorithm' | 'isChecksumComposite'>): Pick<
	ListPartsOutput,
	'ChecksumAlgorithm' | 'ChecksumType'
> {
	if (checksumAlgorithm === undefined) return {};
	return {
		ChecksumAlgorithm: checksumAlgorithm,
		ChecksumType: isChecksumComposite ? 'COMPOSITE' : 'FULL_OBJECT',
	};
}

/** Keeps a part, in place of an earlier one of the same number (S3 User Guide, mpuoverview). */
export function storePart(world: World, upload: Upload, part: Omit<Part, 'lastModifiedMs'>): Part {
	const replaced = upload.parts.get(part.partNumber);
	if (replaced !== undefined) world.bodies.release(replaced.body);
	const stored = {...part, lastModifiedMs: wholeSeconds(world.clock.now()).getTime()};
	upload.parts.set(part.partNumber, stored);
	return stored;
}
