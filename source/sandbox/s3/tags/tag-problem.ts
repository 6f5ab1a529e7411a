import {type ServiceError} from '../../wire/service-error.js';
import {type Tag} from '../../world/account.js';
import {s3Error} from '../errors/errors.js';

/**
 * Gives what S3 says of the first tag that it does not take, keys of AWS's own aside (recorded:
 * TestS3BucketObjectTagging::test_tagging_validation; lengths: S3 User Guide, object-tagging).
 */
export function tagProblem(tags: readonly Tag[]): ServiceError | undefined {
	const keys = new Set<string>();
	for (const {Key, Value} of tags) {
		if (!/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u.test(Key)) {
			return s3Error('InvalidTag', {
				message: 'The TagKey you have provided is invalid',
				fields: {TagKey: Key},
			});
		}
		if (!/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u.test(Value)) {
			return s3Error('InvalidTag', {
				message: 'The TagValue you have provided is invalid',
				fields: {TagKey: Key, TagValue: Value},
			});
		}
		if (keys.has(Key)) {
			return s3Error('InvalidTag', {
				message: 'Cannot provide multiple Tags with the same key',
				fields: {TagKey: Key},
			});
		}
		keys.add(Key);
	}
	return undefined;
}
