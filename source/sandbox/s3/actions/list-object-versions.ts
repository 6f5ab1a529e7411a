import {
	type DeleteMarkerEntry,
	type ListObjectVersionsOutput,
	type ListObjectVersionsRequest,
	type ObjectVersion as ListedVersion,
	type Owner,
} from '@aws-sdk/client-s3';
import {type ObjectVersion} from '../../world/object-version.js';
import {onBucket} from '../action.js';
import {checksumTypeOf} from '../objects/describe-checksum.js';
import {keyEncoder, listPage, maxItemsOf, shownQuestion} from '../listing/list-page.js';
import {ownerOf} from '../acl/object-owner.js';

type Line =
	| {readonly kind: 'prefix'; readonly prefix: string}
	| {readonly kind: 'version'; readonly version: ObjectVersion; readonly isLatest: boolean};

export const listObjectVersions = onBucket<ListObjectVersionsRequest, ListObjectVersionsOutput>(
	'ListObjectVersions',
	({world, bucket, input}) => {
		const encode = keyEncoder(input.EncodingType);
		const maxItems = maxItemsOf(input.MaxKeys);
		const prefix = input.Prefix ?? '';
		const keyMarker = input.KeyMarker ?? '';
		const linesOfKey = (key: string): readonly Line[] =>
			bucket.versions.of(key).map((version, index) => ({kind: 'version', version, isLatest: index === 0}));
		const {items} = listPage(bucket.versions.keys, {
			prefix,
			delimiter: input.Delimiter,
			after: keyMarker,
			maxItems: maxItems + 1,
		});
		const all: readonly Line[] = [
			...(input.VersionIdMarker ? afterVersion(linesOfKey(keyMarker), input.VersionIdMarker) : []),
			...items.flatMap((item): readonly Line[] => (item.kind === 'key' ? linesOfKey(item.key) : [item])),
		];
		const lines = all.slice(0, maxItems);
		const last = lines[lines.length - 1];
		const owner = {ID: world.accounts.get(bucket.ownerAccountId)?.canonicalUserId};
		const objectOwner = (version: ObjectVersion): Owner =>
			version.acl === undefined ? owner : {ID: world.accounts.get(ownerOf(bucket, version))?.canonicalUserId};
		const isTruncated = all.length > lines.length && last !== undefined;
		return {
			output: {
				Name: bucket.name,
				Prefix: encode(prefix),
				KeyMarker: encode(keyMarker),
				VersionIdMarker: input.VersionIdMarker ?? '',
				MaxKeys: maxItems,
				IsTruncated: isTruncated,
				...shownQuestion(input, encode),
				...(isTruncated ? nextMarkers(last, encode) : {}),
				Versions: lines.flatMap((line) =>
					isObject(line) ? [listedVersion(line, encode, objectOwner(line.version))] : [],
				),
				DeleteMarkers: lines.flatMap((line) =>
					line.kind === 'version' && !isObject(line) ? [{...listedEntry(line, encode), Owner: owner}] : [],
				),
				CommonPrefixes: lines.flatMap((line) =>
					line.kind === 'prefix' ? [{Prefix: encode(line.prefix)}] : [],
				),
			},
		};
	},
	['s3:ListBucketVersions'],
);

type VersionLine = Extract<Line, {kind: 'version'}>;

function isObject(line: Line): line is VersionLine {
	return line.kind === 'version' && line.version.data !== undefined;
}

function afterVersion(lines: readonly Line[], versionId: string): readonly Line[] {
	const place = lines.findIndex((line) => line.kind === 'version' && line.version.versionId === versionId);
	return place === -1 ? [] : lines.slice(place + 1);
}

function nextMarkers(last: Line, encode: (key: string) => string): Partial<ListObjectVersionsOutput> {
	return last.kind === 'prefix'
		? {NextKeyMarker: encode(last.prefix)}
		: {NextKeyMarker: encode(last.version.key), NextVersionIdMarker: last.version.versionId};
}

function listedEntry({version, isLatest}: VersionLine, encode: (key: string) => string): DeleteMarkerEntry {
	return {
		Key: encode(version.key),
		VersionId: version.versionId,
		IsLatest: isLatest,
		LastModified: new Date(version.lastModifiedMs),
	};
}

function listedVersion(
	{version, isLatest}: VersionLine,
	encode: (key: string) => string,
	owner: Owner,
): ListedVersion {
	const {data} = version;
	const checksum = data?.checksum;
	// All members at once: an object that is put together of others costs V8 a new hidden class each time.
	return {
		Key: encode(version.key),
		VersionId: version.versionId,
		IsLatest: isLatest,
		LastModified: new Date(version.lastModifiedMs),
		ETag: `"${data?.etag ?? ''}"`,
		ChecksumAlgorithm: checksum && [checksum.algorithm],
		ChecksumType: checksum && checksumTypeOf(checksum),
		Size: data?.body.sizeBytes ?? 0,
		StorageClass: (data?.storageClass ?? 'STANDARD') as 'STANDARD',
		Owner: owner,
	};
}
