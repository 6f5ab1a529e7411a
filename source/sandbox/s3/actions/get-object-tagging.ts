import {type GetObjectTaggingOutput, type GetObjectTaggingRequest} from '@aws-sdk/client-s3';
import {type BucketAction} from '../action.js';
import {findObject} from '../find-version.js';
import {shownVersionId} from '../write-version.js';

export const getObjectTagging: BucketAction<GetObjectTaggingRequest, GetObjectTaggingOutput> = {
	target: 'object',
	permissions: ({input}) => [
		input.VersionId === undefined ? 's3:GetObjectTagging' : 's3:GetObjectVersionTagging',
	],
	run(call) {
		const version = findObject(call, call.input.VersionId);
		return {
			output: {TagSet: [...version.tags], VersionId: shownVersionId(call.world, call.bucket, version)},
		};
	},
};
