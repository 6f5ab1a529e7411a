import {type Tag} from '../../world/account.js';
import {parseForm} from '../../http/wire-request.js';
import {invalidArgument, s3Error} from '../errors/errors.js';
import {tagProblem} from './tag-problem.js';

const maxTags = 10;
const noTags: readonly Tag[] = [];

/**
 * Takes the x-amz-tagging header, gives the tags. Throws InvalidArgument in the words AWS was recorded with in
 * TestS3BucketObjectTagging::test_object_tagging_exc.
 */
export function parseTaggingHeader(header: string | undefined): readonly Tag[] {
	if (header === undefined || header === '') return noTags;
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

/**
 * Throws where tags break S3's limits (recorded: TestS3BucketObjectTagging::test_tagging_validation; the count: S3 User
 * Guide, object-tagging, in words that clients report of AWS).
 */
export function checkTags(tags: readonly Tag[]): void {
	if (tags.length > maxTags) throw s3Error('BadRequest', {message: 'Object tags cannot be greater than 10'});
	const problem = tagProblem(tags);
	if (problem !== undefined) throw problem;
	const own = tags.find(({Key}) => Key.startsWith('aws:'));
	if (own === undefined) return;
	throw s3Error('InvalidTag', {
		message: 'Your TagKey cannot be prefixed with aws:',
		fields: {TagKey: own.Key},
	});
}
