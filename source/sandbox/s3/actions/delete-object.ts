import {type DeleteObjectOutput, type DeleteObjectRequest} from '@aws-sdk/client-s3';
import {type BucketAction} from '../action.js';
import {checkVersionId} from '../versions/find-version.js';
import {checkBypass} from '../objects/object-lock.js';
import {checkDeleteConditions, conditionPermissions} from '../objects/preconditions.js';
import {deleteVersion} from '../versions/delete-version.js';

export const deleteObject: BucketAction<DeleteObjectRequest, DeleteObjectOutput> = {
	name: 'DeleteObject',
	target: 'object',
	permissions: ({input}) => [
		input.VersionId === undefined ? 's3:DeleteObject' : 's3:DeleteObjectVersion',
		...conditionPermissions(input),
	],
	run(call) {
		const {bucket, input, key} = call;
		checkBypass(call);
		if (input.VersionId !== undefined) checkVersionId(call, input.VersionId);
		checkDeleteConditions(input, key, bucket.versions.current(key));
		const {isDeleteMarker, versionId} = deleteVersion(call, key, input.VersionId);
		return {
			status: 204,
			output: {
				...(versionId === undefined ? {} : {VersionId: versionId}),
				...(isDeleteMarker ? {DeleteMarker: true} : {}),
			},
		};
	},
};
