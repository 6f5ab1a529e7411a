import {
	type ListMultipartUploadsOutput,
	type ListMultipartUploadsRequest,
	type MultipartUpload,
} from '@aws-sdk/client-s3';
import {type Upload} from '../../world/upload.js';
import {type BucketAction} from '../action.js';
import {compareKeys} from '../../world/key-order.js';
import {keyEncoder} from '../listing/list-page.js';

const maxUploadsUsually = 1000;

type Line =
	| {readonly kind: 'upload'; readonly upload: Upload}
	| {readonly kind: 'prefix'; readonly prefix: string};

export const listMultipartUploads: BucketAction<ListMultipartUploadsRequest, ListMultipartUploadsOutput> = {
	name: 'ListMultipartUploads',
	target: 'bucket',
	permissions: ['s3:ListBucketMultipartUploads'],
	run({world, bucket, input}) {
		const encode = keyEncoder(input.EncodingType);
		const maxUploads = Math.min(input.MaxUploads ?? maxUploadsUsually, maxUploadsUsually);
		const rest = linesOf([...bucket.uploads.values()].sort(byKeyAndTime), input);
		const page = rest.slice(0, maxUploads);
		const last = page[page.length - 1];
		const isTruncated = page.length < rest.length && last !== undefined;
		const owner = {ID: world.accounts.get(bucket.ownerAccountId)?.canonicalUserId};
		return {
			output: {
				Bucket: bucket.name,
				KeyMarker: encode(input.KeyMarker ?? ''),
				UploadIdMarker: input.UploadIdMarker ?? '',
				MaxUploads: maxUploads,
				IsTruncated: isTruncated,
				...(input.Prefix === undefined ? {} : {Prefix: encode(input.Prefix)}),
				...(input.Delimiter === undefined ? {} : {Delimiter: encode(input.Delimiter)}),
				...(input.EncodingType === undefined ? {} : {EncodingType: input.EncodingType}),
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
};

function byKeyAndTime(left: Upload, right: Upload): number {
	return compareKeys(left.key, right.key) || left.initiatedMs - right.initiatedMs;
}

function linesOf(
	uploads: readonly Upload[],
	{Prefix = '', Delimiter, KeyMarker = '', UploadIdMarker}: ListMultipartUploadsRequest,
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

function nextMarkers(last: Line, encode: (key: string) => string): Partial<ListMultipartUploadsOutput> {
	return last.kind === 'prefix'
		? {NextKeyMarker: encode(last.prefix)}
		: {NextKeyMarker: encode(last.upload.key), NextUploadIdMarker: last.upload.uploadId};
}

function shown(upload: Upload, encode: (key: string) => string): MultipartUpload {
	return {
		Key: encode(upload.key),
		UploadId: upload.uploadId,
		Initiated: new Date(upload.initiatedMs),
		StorageClass: upload.storageClass as 'STANDARD',
		Initiator: {ID: upload.initiator, DisplayName: upload.initiator.split('/').pop()},
		...(upload.checksumAlgorithm === undefined
			? {}
			: {
					ChecksumAlgorithm: upload.checksumAlgorithm,
					ChecksumType: upload.isChecksumComposite ? 'COMPOSITE' : 'FULL_OBJECT',
				}),
	};
}
