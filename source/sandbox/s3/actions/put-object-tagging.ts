import {type PutObjectTaggingOutput, type PutObjectTaggingRequest} from '@aws-sdk/client-s3';
import {type BucketAction} from '../action.js';
import {findTagged} from '../versions/find-tagged.js';
import {checkTags} from '../tags/tagging-header.js';
import {shownVersionId} from '../versions/write-version.js';

export const putObjectTagging: BucketAction<PutObjectTaggingRequest, PutObjectTaggingOutput> = {
	name: 'PutObjectTagging',
	target: 'object',
	permissions: ({input}) => [
		input.VersionId === undefined ? 's3:PutObjectTagging' : 's3:PutObjectVersionTagging',
	],
	run(call) {
		const version = findTagged(call, call.input.VersionId);
		const tags = (call.input.Tagging?.TagSet ?? []).map(({Key, Value}) => ({
			Key: Key ?? '',
			Value: Value ?? '',
		}));
		checkTags(tags);
		version.tags = tags;
		call.metadataChanged(call.bucket, version, 'tags');
		return {output: {VersionId: shownVersionId(call.world, call.bucket, version)}};
	},
};
