import {type Tag as GivenTag} from '@aws-sdk/client-s3';
import {parseForm} from '../../http/wire-request.js';
import {type Tag} from '../../world/account.js';
import {invalidArgument, s3Error} from '../errors/errors.js';

const maxBucketTags = 50;
const maxObjectTags = 10;
const noTags: readonly Tag[] = [];

/** Takes tags as a document has them, gives them with nothing missing. */
export function completeTags(tags: readonly GivenTag[]): readonly Tag[] {
	return tags.map(({Key = '', Value = ''}) => ({Key, Value}));
}

/** Throws what S3 answers to PutBucketTagging (recorded: TestS3BucketObjectTagging::test_tagging_validation). */
export function checkBucketTags(given: readonly GivenTag[]): void {
	const tags = completeTags(given);
	checkCount(tags, maxBucketTags, 'Bucket tag count cannot be greater than 50');
	checkEach(tags);
	refuseOwn(tags, 'System tags cannot be added/updated by requester');
}

/** Throws what S3 answers to CreateBucket, which is not the same (recorded: test_create_bucket_with_tags_exc). */
export function checkTagsOfNewBucket(given: readonly GivenTag[]): void {
	const tags = completeTags(given);
	if (tags.some(isOwn)) {
		throw s3Error('InvalidTag', {
			message:
				'User-defined tag keys can\'t start with "aws:". This prefix is reserved for system tags. Remove "aws:" from your tag keys and try again.',
		});
	}
	if (new Set(tags.map(({Key}) => Key)).size < tags.length) throw s3Error('InternalError');
	checkCount(tags, maxBucketTags, 'Bucket tag count cannot be greater than 50');
	checkEach(tags);
}

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
	checkObjectTags(tags);
	return tags;
}

/**
 * Throws where tags break S3's limits (recorded: TestS3BucketObjectTagging::test_tagging_validation; the count: S3 User
 * Guide, object-tagging, in words that clients report of AWS).
 */
export function checkObjectTags(tags: readonly Tag[]): void {
	checkCount(tags, maxObjectTags, 'Object tags cannot be greater than 10');
	checkEach(tags);
	refuseOwn(tags, 'Your TagKey cannot be prefixed with aws:');
}

function checkCount({length}: readonly Tag[], max: number, message: string): void {
	if (length > max) throw s3Error('BadRequest', {message});
}

function isOwn({Key}: Tag): boolean {
	return Key.startsWith('aws:');
}

function refuseOwn(tags: readonly Tag[], message: string): void {
	const own = tags.find(isOwn);
	if (own !== undefined) throw s3Error('InvalidTag', {message, fields: {TagKey: own.Key}});
}

/**
 * Throws what S3 says of the first tag that it does not take, keys of AWS's own aside (recorded:
 * TestS3BucketObjectTagging::test_tagging_validation; lengths: S3 User Guide, object-tagging).
 */
function checkEach(tags: readonly Tag[]): void {
	const keys = new Set<string>();
	for (const {Key, Value} of tags) {
		const invalid = (message: string, fields: Readonly<Record<string, string>>): Error =>
			s3Error('InvalidTag', {message, fields: {TagKey: Key, ...fields}});
		if (!/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u.test(Key)) {
			throw invalid('The TagKey you have provided is invalid', {});
		}
		if (!/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u.test(Value)) {
			throw invalid('The TagValue you have provided is invalid', {TagValue: Value});
		}
		if (keys.has(Key)) throw invalid('Cannot provide multiple Tags with the same key', {});
		keys.add(Key);
	}
}
