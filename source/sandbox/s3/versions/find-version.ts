import {type BucketCall, bucketArn} from '../action.js';
import {invalidArgument, s3Error} from '../errors/errors.js';
import {type ObjectData, type ObjectVersion} from '../../world/object-version.js';
import {nullVersionId} from './write-version.js';

type FoundObject = ObjectVersion & {readonly data: ObjectData};

/**
 * Finds the version that GET or HEAD asks for. Throws NoSuchKey, NoSuchVersion or, for a delete marker,
 * MethodNotAllowed; a caller who may not list the bucket learns only AccessDenied (S3 API reference, HeadObject).
 * Words as recorded in TestS3ObjectCRUD::test_delete_object_versioned.
 */
export function findObject(call: BucketCall<unknown>, versionId: string | undefined): FoundObject {
	const version = findVersion(call, versionId);
	if (version.data !== undefined) return version as FoundObject;
	const marker = {'x-amz-delete-marker': 'true', 'x-amz-version-id': version.versionId};
	if (versionId === undefined) throw s3Error('NoSuchKey', {fields: {Key: call.key}, headers: marker});
	throw s3Error('MethodNotAllowed', {
		fields: {Method: call.request.method, ResourceType: 'DeleteMarker'},
		headers: {...marker, allow: 'DELETE'},
	});
}

/** Finds the version whose ACL is meant: a delete marker is MethodNotAllowed even where no version is named (third-party). */
export function findBesideMarkers(call: BucketCall<unknown>, versionId: string | undefined): FoundObject {
	const {data, versionId: found} = findVersion(call, versionId);
	return findObject(call, data === undefined ? found : versionId);
}

/** Finds a version, delete markers included; throws as findObject does where there is none. */
export function findVersion(call: BucketCall<unknown>, versionId: string | undefined): ObjectVersion {
	const {bucket, key} = call;
	if (versionId !== undefined) checkVersionId(call, versionId);
	const version =
		versionId === undefined ? bucket.versions.current(key) : bucket.versions.find(key, versionId);
	if (version !== undefined) return version;
	const mayList = call.may({
		action: versionId === undefined ? 's3:ListBucket' : 's3:ListBucketVersions',
		resource: bucketArn(bucket),
	});
	if (!mayList && !call.may({action: 's3:ListBucket', resource: bucketArn(bucket)}))
		throw s3Error('AccessDenied');
	throw versionId === undefined || bucket.versioning.written === undefined
		? s3Error('NoSuchKey', {fields: {Key: key}})
		: s3Error('NoSuchVersion', {fields: {Key: key, VersionId: versionId}});
}

/** Throws InvalidArgument for what cannot be the id of a version in the bucket. */
export function checkVersionId({bucket}: BucketCall<unknown>, versionId: string): void {
	const isWellFormed = versionId === nullVersionId || /^[A-Za-z0-9._]{32}$/.test(versionId);
	const isPossible = versionId === nullVersionId || bucket.versioning.written !== undefined;
	if (!isWellFormed || !isPossible) {
		throw invalidArgument('Invalid version id specified', 'versionId', versionId);
	}
}
