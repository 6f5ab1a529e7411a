import {type ListObjectsV2Output, type ListObjectsV2Request} from '@aws-sdk/client-s3';
import {type BucketAction} from '../action.js';
import {invalidArgument} from '../errors/errors.js';
import {keyEncoder} from '../listing/list-page.js';
import {listCurrent} from '../listing/list-current.js';

export const listObjectsV2: BucketAction<ListObjectsV2Request, ListObjectsV2Output> = {
	name: 'ListObjectsV2',
	target: 'bucket',
	permissions: ['s3:ListBucket'],
	run({world, bucket, input}) {
		const encode = keyEncoder(input.EncodingType);
		const maxItems = Math.min(input.MaxKeys ?? 1000, 1000);
		const after =
			input.ContinuationToken === undefined ? (input.StartAfter ?? '') : decodeToken(input.ContinuationToken);
		const page = listCurrent(world, bucket, {
			prefix: input.Prefix ?? '',
			delimiter: input.Delimiter,
			after,
			maxItems,
			encode,
			showsOwner: input.FetchOwner ?? false,
		});
		return {
			headers: {'x-amz-bucket-region': bucket.region},
			output: {
				Name: bucket.name,
				Prefix: encode(input.Prefix ?? ''),
				MaxKeys: maxItems,
				KeyCount: page.contents.length + page.prefixes.length,
				IsTruncated: page.isTruncated,
				Contents: page.contents,
				CommonPrefixes: page.prefixes.map((prefix) => ({Prefix: encode(prefix)})),
				...(input.Delimiter === undefined ? {} : {Delimiter: encode(input.Delimiter)}),
				...(input.EncodingType === undefined ? {} : {EncodingType: input.EncodingType}),
				// Beside a token it counts for nothing, and is not told (third-party).
				...(input.StartAfter === undefined || input.ContinuationToken !== undefined
					? {}
					: {StartAfter: encode(input.StartAfter)}),
				...(input.ContinuationToken === undefined ? {} : {ContinuationToken: input.ContinuationToken}),
				...(page.isTruncated && page.last !== undefined
					? {NextContinuationToken: Buffer.from(page.last).toString('base64')}
					: {}),
			},
		};
	},
};

function decodeToken(token: string): string {
	const key = Buffer.from(token, 'base64').toString('utf8');
	if (Buffer.from(key).toString('base64') !== token) {
		throw invalidArgument('The continuation token provided is incorrect', 'continuation-token', token);
	}
	return key;
}
