import {type DeleteObjectTaggingOutput, type DeleteObjectTaggingRequest} from '@aws-sdk/client-s3';
import {type BucketAction} from '../action.js';
import {findTagged} from '../versions/find-tagged.js';
import {shownVersionId} from '../versions/write-version.js';

export const deleteObjectTagging: BucketAction<DeleteObjectTaggingRequest, DeleteObjectTaggingOutput> = {
	name: 'DeleteObjectTagging',
	target: 'object',
	permissions: ({input}) => [
		input.VersionId === undefined ? 's3:DeleteObjectTagging' : 's3:DeleteObjectVersionTagging',
	],
	run(call) {
		const version = findTagged(call, call.input.VersionId);
		version.tags = [];
		call.metadataChanged(call.bucket, version, 'tags');
		return {status: 204, output: {VersionId: shownVersionId(call.world, call.bucket, version)}};
	},
};
