import {type Upload} from '../../world/upload.js';
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
