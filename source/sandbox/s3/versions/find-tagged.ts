import {ServiceError} from '../../wire/service-error.js';
import {type BucketCall} from '../action.js';
import {s3Error} from '../errors/errors.js';
import {findObject, findVersion} from './find-version.js';

/**
 * Finds the version whose tags are meant. A delete marker is MethodNotAllowed even where no version is named, and
 * GET names a missing key with its bucket (recorded: TestS3BucketObjectTagging::test_object_tagging_versioned,
 * test_object_tagging_exc).
 */
export function findTagged(
	call: BucketCall<unknown>,
	versionId: string | undefined,
): ReturnType<typeof findObject> {
	const {bucket, key, request} = call;
	try {
		const {data} = findVersion(call, versionId);
		if (data !== undefined || versionId !== undefined) return findObject(call, versionId);
	} catch (error) {
		const isMissing = error instanceof ServiceError && error.code === 'NoSuchKey';
		if (!isMissing || request.method !== 'GET') throw error;
		throw s3Error('NoSuchKey', {fields: {Key: `${bucket.name}/${key}`}});
	}
	throw s3Error('MethodNotAllowed', {fields: {Method: request.method, ResourceType: 'DeleteMarker'}});
}
