import {ownerOf} from '../acl/object-owner.js';
import {type _Object as ListedObject, type Owner} from '@aws-sdk/client-s3';
import {type Bucket} from '../../world/bucket.js';
import {type ObjectData, type ObjectVersion} from '../../world/object-version.js';
import {type World} from '../../world/world.js';
import {checksumTypeOf} from '../objects/describe-checksum.js';
import {listPage} from './list-page.js';

export type CurrentPage = {
	readonly contents: readonly ListedObject[] & ListedObject[];
	readonly prefixes: readonly string[];
	readonly isTruncated: boolean;
	readonly last: string | undefined;
};

/** One page of the objects that a bucket shows without version ids: keys under a delete marker are not among them. */
export function listCurrent(
	world: World,
	bucket: Bucket,
	wanted: {
		readonly prefix: string;
		readonly delimiter: string | undefined;
		readonly after: string;
		readonly maxItems: number;
		readonly encode: (key: string) => string;
		readonly showsOwner: boolean;
	},
): CurrentPage {
	const page = listPage(bucket.versions.keys, {
		...wanted,
		isShown: (key) => bucket.versions.current(key)?.data !== undefined,
	});
	const ownerIdOf = (version: ObjectVersion): string | undefined =>
		world.accounts.get(ownerOf(bucket, version))?.canonicalUserId;
	return {
		contents: page.items.flatMap((item) => {
			const version = item.kind === 'key' ? bucket.versions.current(item.key) : undefined;
			if (version?.data === undefined) return [];
			const owner = wanted.showsOwner ? {ID: ownerIdOf(version)} : undefined;
			return [listedObject(version, version.data, wanted.encode, owner)];
		}),
		prefixes: page.items.flatMap((item) => (item.kind === 'prefix' ? [item.prefix] : [])),
		isTruncated: page.isTruncated,
		last: page.last,
	};
}

function listedObject(
	version: ObjectVersion,
	data: ObjectData,
	encode: (key: string) => string,
	owner: Owner | undefined,
): ListedObject {
	const {checksum} = data;
	// All members at once: an object that is put together of others costs V8 a new hidden class each time.
	return {
		Key: encode(version.key),
		LastModified: new Date(version.lastModifiedMs),
		ETag: `"${data.etag}"`,
		ChecksumAlgorithm: checksum && [checksum.algorithm],
		ChecksumType: checksum && checksumTypeOf(checksum),
		Size: data.body.sizeBytes,
		StorageClass: data.storageClass as 'STANDARD',
		Owner: owner,
	};
}
