import {type GetObjectOutput, type GetObjectRequest} from '@aws-sdk/client-s3';
import {type BucketAction} from '../action.js';
import {parseRange} from '../byte-range.js';
import {bodyOf} from '../reply-body.js';
import {partCountOf, partRangeOf} from '../part-range.js';
import {findObject} from '../find-version.js';
import {describeObject} from '../object-output.js';
import {isNotModified} from '../preconditions.js';

export const getObject: BucketAction<GetObjectRequest, GetObjectOutput> = {
	name: 'GetObject',
	target: 'object',
	permissions: ({input}) => [input.VersionId === undefined ? 's3:GetObject' : 's3:GetObjectVersion'],
	run(call) {
		const {input} = call;
		const version = findObject(call, input.VersionId);
		const {sizeBytes} = version.data.body;
		const range = partRangeOf(input.PartNumber, version.data) ?? parseRange(input.Range, sizeBytes);
		const output = {
			...describeObject(call, version, {
				showsChecksum: input.ChecksumMode === 'ENABLED' && range === undefined,
			}),
			...responseHeadersOf(input),
		};
		if (isNotModified(input, version)) return {status: 304, output};
		if (range === undefined) return {output, body: bodyOf(call.world, version.data.body)};
		const {firstByte, lastByte} = range;
		return {
			status: 206,
			output: {
				...output,
				ContentLength: lastByte - firstByte + 1,
				...partCountOf(input.PartNumber, version.data),
				ContentRange: `bytes ${firstByte}-${lastByte}/${sizeBytes}`,
			},
			body: bodyOf(call.world, version.data.body, range),
		};
	},
};

/** Headers that the caller wants in the answer in place of the object's own. */
function responseHeadersOf(input: GetObjectRequest): Partial<GetObjectOutput> {
	return {
		...(input.ResponseCacheControl === undefined ? {} : {CacheControl: input.ResponseCacheControl}),
		...(input.ResponseContentDisposition === undefined
			? {}
			: {ContentDisposition: input.ResponseContentDisposition}),
		...(input.ResponseContentEncoding === undefined ? {} : {ContentEncoding: input.ResponseContentEncoding}),
		...(input.ResponseContentLanguage === undefined ? {} : {ContentLanguage: input.ResponseContentLanguage}),
		...(input.ResponseContentType === undefined ? {} : {ContentType: input.ResponseContentType}),
	};
}
