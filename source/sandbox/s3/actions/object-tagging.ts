import type * as s3 from '@aws-sdk/client-s3';
import {ServiceError} from '../../wire/service-error.js';
import {type Tag} from '../../world/account.js';
import {type BucketCall, onObject, permissionOnVersion, type S3Action} from '../action.js';
import {s3Error} from '../errors/errors.js';
import {checkObjectTags, completeTags} from '../tags/tags.js';
import {findObject, findVersion} from '../versions/find-version.js';
import {shownVersionId} from '../versions/write-version.js';

type VersionNamed = {readonly VersionId?: string | undefined};

export const objectTaggingActions: readonly S3Action[] = [
	onObject<s3.GetObjectTaggingRequest, s3.GetObjectTaggingOutput>(
		'GetObjectTagging',
		(call) => {
			const version = findTagged(call);
			return {
				output: {TagSet: [...version.tags], VersionId: shownVersionId(call.world, call.bucket, version)},
			};
		},
		permissionOnVersion('s3:GetObject', 'Tagging'),
	),
	onObject<s3.PutObjectTaggingRequest, s3.PutObjectTaggingOutput>(
		'PutObjectTagging',
		(call) => {
			const version = findTagged(call);
			const tags = completeTags(call.input.Tagging?.TagSet ?? []);
			checkObjectTags(tags);
			return {output: retagged(call, version, tags)};
		},
		permissionOnVersion('s3:PutObject', 'Tagging'),
	),
	onObject<s3.DeleteObjectTaggingRequest, s3.DeleteObjectTaggingOutput>(
		'DeleteObjectTagging',
		(call) => ({status: 204, output: retagged(call, findTagged(call), [])}),
		permissionOnVersion('s3:DeleteObject', 'Tagging'),
	),
];

function retagged(
	{world, bucket, metadataChanged}: BucketCall<unknown>,
	version: ReturnType<typeof findObject>,
	tags: readonly Tag[],
): s3.PutObjectTaggingOutput {
	version.tags = tags;
	metadataChanged(bucket, version, 'tags');
	return {VersionId: shownVersionId(world, bucket, version)};
}

/**
 * Finds the version whose tags are meant. A delete marker is MethodNotAllowed even where no version is named, and
 * GET names a missing key with its bucket (recorded: TestS3BucketObjectTagging::test_object_tagging_versioned,
 * test_object_tagging_exc).
 */
function findTagged(call: BucketCall<VersionNamed>): ReturnType<typeof findObject> {
	const {bucket, key, request, input} = call;
	try {
		const {data} = findVersion(call, input.VersionId);
		if (data !== undefined || input.VersionId !== undefined) return findObject(call, input.VersionId);
	} catch (error) {
		const isMissing = error instanceof ServiceError && error.code === 'NoSuchKey';
		if (!isMissing || request.method !== 'GET') throw error;
		throw s3Error('NoSuchKey', {fields: {Key: `${bucket.name}/${key}`}});
	}
	throw s3Error('MethodNotAllowed', {fields: {Method: request.method, ResourceType: 'DeleteMarker'}});
}
