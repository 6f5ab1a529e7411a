import {type Tag} from '@aws-sdk/client-s3';
import {type ServiceError} from '../../wire/service-error.js';
import {s3Error} from '../errors/errors.js';
import {tagProblem} from './tag-problem.js';

const maxTags = 50;

/** Throws what S3 answers to PutBucketTagging (recorded: TestS3BucketObjectTagging::test_tagging_validation). */
export function checkBucketTags(tags: readonly Tag[]): void {
	const problem = countProblem(tags) ?? tagProblem(complete(tags));
	if (problem !== undefined) throw problem;
	const own = tags.find(({Key}) => Key?.startsWith('aws:'));
	if (own === undefined) return;
	throw s3Error('InvalidTag', {
		message: 'System tags cannot be added/updated by requester',
		fields: {TagKey: own.Key ?? ''},
	});
}

/** Throws what S3 answers to CreateBucket, which is not the same (recorded: test_create_bucket_with_tags_exc). */
export function checkTagsOfNewBucket(tags: readonly Tag[]): void {
	if (tags.some(({Key}) => Key?.startsWith('aws:'))) {
		throw s3Error('InvalidTag', {
			message:
				'User-defined tag keys can\'t start with "aws:". This prefix is reserved for system tags. Remove "aws:" from your tag keys and try again.',
		});
	}
	if (new Set(tags.map(({Key}) => Key)).size < tags.length) throw s3Error('InternalError');
	const problem = countProblem(tags) ?? tagProblem(complete(tags));
	if (problem !== undefined) throw problem;
}

function countProblem(tags: readonly Tag[]): ServiceError | undefined {
	if (tags.length <= maxTags) return undefined;
	return s3Error('BadRequest', {message: 'Bucket tag count cannot be greater than 50'});
}

function complete(tags: readonly Tag[]): readonly Required<{Key: string; Value: string}>[] {
	return tags.map(({Key = '', Value = ''}) => ({Key, Value}));
}
