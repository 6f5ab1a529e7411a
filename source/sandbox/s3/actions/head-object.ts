import {type HeadObjectOutput, type HeadObjectRequest} from '@aws-sdk/client-s3';
import {type BucketAction} from '../action.js';
import {findObject} from '../find-version.js';
import {describeObject} from '../object-output.js';
import {isNotModified} from '../preconditions.js';

export const headObject: BucketAction<HeadObjectRequest, HeadObjectOutput> = {
	target: 'object',
	permissions: ({input}) => [input.VersionId === undefined ? 's3:GetObject' : 's3:GetObjectVersion'],
	run(call) {
		const version = findObject(call, call.input.VersionId);
		return {
			status: isNotModified(call.input, version) ? 304 : 200,
			output: describeObject(call, version, {showsChecksum: call.input.ChecksumMode === 'ENABLED'}),
		};
	},
};
