import type * as s3 from '@aws-sdk/client-s3';
import {type Upload} from '../../world/upload.js';
import {onBucket, onObject, type S3Action} from '../action.js';
import {compareKeys} from '../../world/key-order.js';
import {keyEncoder, maxItemsOf, shownQuestion} from '../listing/list-page.js';
import {checksumMember} from '../objects/describe-checksum.js';
import {findUpload, releaseParts, shownAlgorithm} from '../uploads/uploads.js';

type Line =
	| {readonly kind: 'upload'; readonly upload: Upload}
	| {readonly kind: 'prefix'; readonly prefix: string};

export const multipartActions: readonly S3Action[] = [
	onBucket<s3.ListMultipartUploadsRequest, s3.ListMultipartUploadsOutput>(
		'ListMultipartUploads',
		({world, bucket, input}) => {
			const encode = keyEncoder(input.EncodingType);
			const maxUploads = maxItemsOf(input.MaxUploads);
			const rest = linesOf([...bucket.uploads.values()].sort(byKeyAndTime), input);
			const page = rest.slice(0, maxUploads);
			const last = page.at(-1);
			const owner = {ID: world.accounts.get(bucket.ownerAccountId)?.canonicalUserId};
			return {
				output: {
					Bucket: bucket.name,
					KeyMarker: encode(input.KeyMarker ?? ''),
					UploadIdMarker: input.UploadIdMarker ?? '',
					MaxUploads: maxUploads,
					IsTruncated: page.length < rest.length && last !== undefined,
					Prefix: input.Prefix && encode(input.Prefix),
					...shownQuestion(input, encode),
					// Of the last page as well (third-party, as clients recorded it of AWS).
					...(last === undefined ? {} : nextMarkers(last, encode)),
					Uploads: page.flatMap((line) =>
						line.kind === 'upload' ? [{...shown(line.upload, encode), Owner: owner}] : [],
					),
					CommonPrefixes: page.flatMap((line) =>
						line.kind === 'prefix' ? [{Prefix: encode(line.prefix)}] : [],
					),
				},
			};
		},
		['s3:ListBucketMultipartUploads'],
	),
	onObject<s3.ListPartsRequest, s3.ListPartsOutput>(
		'ListParts',
		(call) => {
			const {world, bucket, key, input} = call;
			const upload = findUpload(call, input.UploadId);
			const maxParts = maxItemsOf(input.MaxParts);
			const marker = Number(input.PartNumberMarker ?? 0);
			const rest = [...upload.parts.values()]
				.filter(({partNumber}) => partNumber > marker)
				.sort((left, right) => left.partNumber - right.partNumber);
			const page = rest.slice(0, maxParts);
			return {
				output: {
					Bucket: bucket.name,
					Key: key,
					UploadId: upload.uploadId,
					PartNumberMarker: String(marker),
					NextPartNumberMarker: String(page.at(-1)?.partNumber ?? 0),
					MaxParts: maxParts,
					IsTruncated: page.length < rest.length,
					Parts: page.map(({partNumber, etag, body, lastModifiedMs, checksum}) => ({
						PartNumber: partNumber,
						ETag: `"${etag}"`,
						Size: body.sizeBytes,
						LastModified: new Date(lastModifiedMs),
						...(upload.checksumAlgorithm && checksumMember(checksum)),
					})),
					Initiator: shownInitiator(upload),
					Owner: {ID: world.accounts.get(bucket.ownerAccountId)?.canonicalUserId},
					StorageClass: upload.storageClass as 'STANDARD',
					...shownAlgorithm(upload),
				},
			};
		},
		['s3:ListMultipartUploadParts'],
	),
	onObject<s3.AbortMultipartUploadRequest>('AbortMultipartUpload', (call) => {
		const upload = findUpload(call, call.input.UploadId);
		call.bucket.uploads.delete(upload.uploadId);
		releaseParts(call.world, upload);
		return {status: 204};
	}),
];

function byKeyAndTime(left: Upload, right: Upload): number {
	return compareKeys(left.key, right.key) || left.initiatedMs - right.initiatedMs;
}

function linesOf(
	uploads: readonly Upload[],
	{Prefix = '', Delimiter, KeyMarker = '', UploadIdMarker}: s3.ListMultipartUploadsRequest,
): readonly Line[] {
	const marked = uploads.findIndex(({key, uploadId}) => key === KeyMarker && uploadId === UploadIdMarker);
	const prefixes = new Set<string>();
	return uploads
		.filter(({key}, index) =>
			key === KeyMarker && UploadIdMarker ? index > marked : compareKeys(key, KeyMarker) > 0,
		)
		.filter(({key}) => key.startsWith(Prefix))
		.flatMap((upload): readonly Line[] => {
			const end = Delimiter ? upload.key.indexOf(Delimiter, Prefix.length) : -1;
			if (end === -1) return [{kind: 'upload', upload}];
			const prefix = upload.key.slice(0, end + (Delimiter ?? '').length);
			if (prefixes.has(prefix) || prefix === KeyMarker) return [];
			prefixes.add(prefix);
			return [{kind: 'prefix', prefix}];
		});
}

function nextMarkers(last: Line, encode: (key: string) => string): Partial<s3.ListMultipartUploadsOutput> {
	return last.kind === 'prefix'
		? {NextKeyMarker: encode(last.prefix)}
		: {NextKeyMarker: encode(last.upload.key), NextUploadIdMarker: last.upload.uploadId};
}

function shown(upload: Upload, encode: (key: string) => string): s3.MultipartUpload {
	return {
		Key: encode(upload.key),
		UploadId: upload.uploadId,
		Initiated: new Date(upload.initiatedMs),
		StorageClass: upload.storageClass as 'STANDARD',
		Initiator: shownInitiator(upload),
		...shownAlgorithm(upload),
	};
}

function shownInitiator({initiator}: Upload): s3.Initiator {
	return {ID: initiator, DisplayName: initiator.split('/').pop()};
}
