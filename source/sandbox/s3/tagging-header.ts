import {type Tag} from '../world/account.js';
import {parseForm} from '../http/wire-request.js';
import {invalidArgument, s3Error} from './errors.js';

const maxTags = 10;
const maxKeyLength = 128;
const maxValueLength = 256;

/**
 * Takes the x-amz-tagging header, gives the tags. Throws InvalidArgument in the words AWS was recorded with in
 * TestS3BucketObjectTagging::test_object_tagging_exc.
 */
export function parseTaggingHeader(header: string | undefined): readonly Tag[] {
	if (header === undefined || header === '') return [];
	const parts = header.split('&').filter((part) => part !== '');
	const tags = [...parseForm(header)].map(([Key, Value]) => ({Key, Value}));
	const isWellFormed = parts.every((part) => part.split('=').length <= 2) && tags.length === parts.length;
	if (!isWellFormed) {
		throw invalidArgument(
			"The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.",
			'x-amz-tagging',
			header,
		);
	}
	checkTags(tags);
	return tags;
}

/** Throws where tags break S3's limits (S3 User Guide, object-tagging). */
export function checkTags(tags: readonly Tag[]): void {
	if (tags.length > maxTags) throw s3Error('InvalidTag', {message: 'Object tags cannot be greater than 10'});
	if (new Set(tags.map(({Key}) => Key)).size < tags.length) {
		throw s3Error('InvalidTag', {message: 'Cannot provide multiple Tags with the same key'});
	}
	const bad = tags.find(
		({Key, Value}) => Key.length > maxKeyLength || Key === '' || Value.length > maxValueLength,
	);
	if (bad !== undefined) throw s3Error('InvalidTag', {message: 'The TagKey you have provided is invalid'});
}
