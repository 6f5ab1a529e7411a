import {type HeadObjectOutput, type HeadObjectRequest} from '@aws-sdk/client-s3';
import {type BucketAction} from '../action.js';
import {findObject} from '../find-version.js';
import {describeObject} from '../object-output.js';
import {partCountOf, partRangeOf} from '../part-range.js';
import {isNotModified} from '../preconditions.js';

export const headObject: BucketAction<HeadObjectRequest, HeadObjectOutput> = {
	name: 'HeadObject',
	target: 'object',
	permissions: ({input}) => [input.VersionId === undefined ? 's3:GetObject' : 's3:GetObjectVersion'],
	run(call) {
		const version = findObject(call, call.input.VersionId);
		const part = partRangeOf(call.input.PartNumber, version.data);
		const output = describeObject(call, version, {showsChecksum: call.input.ChecksumMode === 'ENABLED'});
		if (isNotModified(call.input, version)) return {status: 304, output};
		if (part === undefined) return {output};
		return {
			status: 206,
			output: {
				...output,
				...partCountOf(call.input.PartNumber, version.data),
				ContentLength: part.lastByte - part.firstByte + 1,
			},
		};
	},
};
