import {type HeadObjectOutput, type HeadObjectRequest} from '@aws-sdk/client-s3';
import {type BucketAction} from '../action.js';
import {requireDecrypt} from '../objects/encryption.js';
import {findObject} from '../versions/find-version.js';
import {describeObject, notModified, plainHeadersOf} from '../reading/object-output.js';
import {checksumOfRange, contentRangeOf, partCountOf, wantedRangeOf} from '../reading/part-range.js';
import {isNotModified} from '../objects/preconditions.js';

export const headObject: BucketAction<HeadObjectRequest, HeadObjectOutput> = {
	name: 'HeadObject',
	target: 'object',
	permissions: ({input}) => [input.VersionId === undefined ? 's3:GetObject' : 's3:GetObjectVersion'],
	run(call) {
		const {input} = call;
		const version = findObject(call, input.VersionId);
		// Only checksums are encrypted with the object (S3 API reference, HeadObject).
		if (input.ChecksumMode === 'ENABLED')
			requireDecrypt(call, call.bucket, call.key, version.data.encryption);
		const range = wantedRangeOf(input, version.data);
		const output = describeObject(call, version, checksumOfRange(input, version.data, range));
		const headers = plainHeadersOf(version);
		if (isNotModified(input, version)) return notModified(output, headers);
		if (range === undefined) return {headers, output};
		return {
			status: 206,
			headers,
			output: {
				...output,
				...partCountOf(input.PartNumber, version.data),
				ContentLength: range.lastByte - range.firstByte + 1,
				ContentRange: contentRangeOf(range, version.data.body.sizeBytes),
			},
		};
	},
};
