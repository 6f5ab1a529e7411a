import {type Tag} from '@aws-sdk/client-s3';
import {s3Error} from './errors.js';

const maxTags = 50;

/**
 * Throws what S3 answers to tags that a bucket may not have (recorded: TestS3BucketObjectTagging::test_tagging_validation,
 * test_create_bucket_with_tags_exc).
 */
export function checkBucketTags(tags: readonly Tag[]): void {
	if (tags.length > maxTags)
		throw s3Error('BadRequest', {message: 'Bucket tag count cannot be greater than 50'});
	for (const {Key = '', Value = ''} of tags) {
		if (Key.startsWith('aws:')) {
			throw s3Error('InvalidTag', {
				message:
					'User-defined tag keys can\'t start with "aws:". This prefix is reserved for system tags. Remove "aws:" from your tag keys and try again.',
			});
		}
		if (!/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u.test(Key)) {
			throw s3Error('InvalidTag', {
				message: 'The TagKey you have provided is invalid',
				fields: {TagKey: Key},
			});
		}
		if (!/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u.test(Value)) {
			throw s3Error('InvalidTag', {
				message: 'The TagValue you have provided is invalid',
				fields: {TagKey: Key, TagValue: Value},
			});
		}
	}
	if (new Set(tags.map(({Key}) => Key)).size < tags.length) {
		throw s3Error('InvalidTag', {message: 'Cannot provide multiple Tags with the same key'});
	}
}
