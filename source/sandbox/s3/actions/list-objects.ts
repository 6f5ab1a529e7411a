import {type ListObjectsOutput, type ListObjectsRequest} from '@aws-sdk/client-s3';
import {type BucketAction} from '../action.js';
import {listCurrent} from '../listing/list-current.js';
import {keyEncoder} from '../listing/list-page.js';

export const listObjects: BucketAction<ListObjectsRequest, ListObjectsOutput> = {
	name: 'ListObjects',
	target: 'bucket',
	permissions: ['s3:ListBucket'],
	run({world, bucket, input}) {
		const encode = keyEncoder(input.EncodingType);
		const maxItems = Math.min(input.MaxKeys ?? 1000, 1000);
		const page = listCurrent(world, bucket, {
			prefix: input.Prefix ?? '',
			delimiter: input.Delimiter,
			after: input.Marker ?? '',
			maxItems,
			encode,
			showsOwner: true,
		});
		return {
			headers: {'x-amz-bucket-region': bucket.region},
			output: {
				Name: bucket.name,
				Prefix: encode(input.Prefix ?? ''),
				Marker: encode(input.Marker ?? ''),
				MaxKeys: maxItems,
				IsTruncated: page.isTruncated,
				Contents: page.contents,
				CommonPrefixes: page.prefixes.map((prefix) => ({Prefix: encode(prefix)})),
				...(input.Delimiter === undefined ? {} : {Delimiter: encode(input.Delimiter)}),
				...(input.EncodingType === undefined ? {} : {EncodingType: input.EncodingType}),
				// Only with a delimiter, else the last key says it (S3 API reference, ListObjects).
				...(page.isTruncated && page.last !== undefined && input.Delimiter !== undefined
					? {NextMarker: encode(page.last)}
					: {}),
			},
		};
	},
};
