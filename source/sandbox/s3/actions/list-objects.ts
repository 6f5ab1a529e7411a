import type * as s3 from '@aws-sdk/client-s3';
import {type BucketCall, onBucket, type S3Action, type S3Reply} from '../action.js';
import {invalidArgument} from '../errors/errors.js';
import {type CurrentPage, listCurrent} from '../listing/list-current.js';
import {keyEncoder, maxItemsOf, shownQuestion} from '../listing/list-page.js';

export const listObjectsActions: readonly S3Action[] = [
	onBucket<s3.ListObjectsRequest, s3.ListObjectsOutput>(
		'ListObjects',
		(call) => {
			const {Marker = '', Delimiter, EncodingType} = call.input;
			const encode = keyEncoder(EncodingType);
			return listed(call, encode, Marker, true, (page) => ({
				Marker: encode(Marker),
				// Only with a delimiter, else the last key says it (S3 API reference, ListObjects).
				NextMarker:
					page.isTruncated && page.last !== undefined && Delimiter !== undefined
						? encode(page.last)
						: undefined,
			}));
		},
		['s3:ListBucket'],
	),
	onBucket<s3.ListObjectsV2Request, s3.ListObjectsV2Output>(
		'ListObjectsV2',
		(call) => {
			const {StartAfter, ContinuationToken: token, EncodingType, FetchOwner = false} = call.input;
			const encode = keyEncoder(EncodingType);
			const after = token === undefined ? (StartAfter ?? '') : decodeToken(token);
			return listed(call, encode, after, FetchOwner, (page) => ({
				KeyCount: page.contents.length + page.prefixes.length,
				// Beside a token it counts for nothing, and is not told (third-party).
				StartAfter: StartAfter === undefined || token !== undefined ? undefined : encode(StartAfter),
				ContinuationToken: token,
				NextContinuationToken:
					page.isTruncated && page.last !== undefined ? Buffer.from(page.last).toString('base64') : undefined,
			}));
		},
		['s3:ListBucket'],
	),
];

/** What both versions tell alike, and what one of them tells beside it. */
function listed<Output extends object>(
	{world, bucket, input}: BucketCall<s3.ListObjectsRequest | s3.ListObjectsV2Request>,
	encode: (key: string) => string,
	after: string,
	showsOwner: boolean,
	own: (page: CurrentPage) => Output,
): S3Reply<Output & s3.ListObjectsOutput> {
	const maxItems = maxItemsOf(input.MaxKeys);
	const page = listCurrent(world, bucket, {
		prefix: input.Prefix ?? '',
		delimiter: input.Delimiter,
		after,
		maxItems,
		encode,
		showsOwner,
	});
	return {
		headers: {'x-amz-bucket-region': bucket.region},
		output: {
			Name: bucket.name,
			Prefix: encode(input.Prefix ?? ''),
			MaxKeys: maxItems,
			IsTruncated: page.isTruncated,
			Contents: page.contents,
			CommonPrefixes: page.prefixes.map((prefix) => ({Prefix: encode(prefix)})),
			...shownQuestion(input, encode),
			...own(page),
		},
	};
}

function decodeToken(token: string): string {
	const key = Buffer.from(token, 'base64').toString('utf8');
	if (Buffer.from(key).toString('base64') !== token) {
		throw invalidArgument('The continuation token provided is incorrect', 'continuation-token', token);
	}
	return key;
}
