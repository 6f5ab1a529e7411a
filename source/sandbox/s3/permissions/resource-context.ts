import {parseForm, type WireRequest} from '../../http/wire-request.js';
import {type Bucket} from '../../world/bucket.js';
import {type ObjectVersion} from '../../world/object-version.js';
import {objectArn} from '../action.js';

/**
 * The condition keys that speak of the resource: its account, the tags that the object has and those the request gives it
 * (Service Authorization Reference, Amazon S3; S3 User Guide, tagging-and-policies).
 */
export function resourceContextOf(
	bucket: Bucket | undefined,
	{headers}: WireRequest,
	action: string,
	resource: string,
	versionId: string | undefined,
): Readonly<Record<string, string | readonly string[]>> {
	if (bucket === undefined || !action.startsWith('s3:')) return {};
	const object = versionMeant(bucket, resource, versionId);
	const given = [...parseForm(headers['x-amz-tagging'] ?? '')];
	const conditions = conditionalActions.has(action) ? conditionKeysOf(headers) : {};
	return {
		's3:ResourceAccount': bucket.ownerAccountId,
		...conditions,
		...Object.fromEntries(
			(object?.tags ?? []).map(({Key, Value}) => [`s3:ExistingObjectTag/${Key}`, Value] as const),
		),
		...Object.fromEntries(given.map(([key, value]) => [`s3:RequestObjectTag/${key}`, value] as const)),
		...(given.length === 0 ? {} : {'s3:RequestObjectTagKeys': given.map(([key]) => key)}),
	};
}

/** S3 User Guide, conditional-writes-enforce, conditional-delete-enforce. */
const conditionalActions: ReadonlySet<string> = new Set([
	's3:DeleteObject',
	's3:DeleteObjectVersion',
	's3:PutObject',
]);

function conditionKeysOf(headers: WireRequest['headers']): Readonly<Record<string, string>> {
	return Object.fromEntries(
		['if-match', 'if-none-match'].flatMap((name) => {
			const value = headers[name];
			return value === undefined ? [] : [[`s3:${name}`, value] as const];
		}),
	);
}

/** The version that a permission on an object is about, if it is there. */
export function versionMeant(
	bucket: Bucket,
	resource: string,
	versionId: string | undefined,
): ObjectVersion | undefined {
	const key = keyOf(bucket, resource);
	if (key === undefined) return undefined;
	return versionId === undefined ? bucket.versions.current(key) : bucket.versions.find(key, versionId);
}

/** The key of the object that an ARN names in the bucket; undefined where it names the bucket. */
export function keyOf(bucket: Bucket, resource: string): string | undefined {
	const start = objectArn(bucket, '');
	return resource.startsWith(start) ? resource.slice(start.length) : undefined;
}
