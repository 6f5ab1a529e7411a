import {type GetObjectTaggingOutput, type GetObjectTaggingRequest} from '@aws-sdk/client-s3';
import {type BucketAction} from '../action.js';
import {findTagged} from '../versions/find-tagged.js';
import {shownVersionId} from '../versions/write-version.js';

export const getObjectTagging: BucketAction<GetObjectTaggingRequest, GetObjectTaggingOutput> = {
	name: 'GetObjectTagging',
	target: 'object',
	permissions: ({input}) => [
		input.VersionId === undefined ? 's3:GetObjectTagging' : 's3:GetObjectVersionTagging',
	],
	run(call) {
		const version = findTagged(call, call.input.VersionId);
		return {
			output: {TagSet: [...version.tags], VersionId: shownVersionId(call.world, call.bucket, version)},
		};
	},
};
