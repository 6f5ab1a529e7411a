import {
	type DeletedObject,
	type DeleteObjectsOutput,
	type DeleteObjectsRequest,
	type _Error as DeleteError,
} from '@aws-sdk/client-s3';
import {type BucketAction, type BucketCall, objectArn} from '../action.js';
import {type DeletedVersion, deleteVersion} from '../delete-version.js';
import {ServiceError} from '../../service-error.js';
import {checkBypass} from '../object-lock.js';
import {s3Error} from '../errors.js';

const maxObjects = 1000;

type Wanted = {readonly Key: string; readonly VersionId?: string | undefined};

/** Written so that one object that may not or cannot be deleted does not stop the others (S3 API reference, DeleteObjects). */
export const deleteObjects: BucketAction<DeleteObjectsRequest, DeleteObjectsOutput> = {
	target: 'bucket',
	permissions: [],
	run(call) {
		checkBypass(call);
		const objects = call.input.Delete?.Objects ?? [];
		if (objects.length === 0 || objects.length > maxObjects) throw s3Error('MalformedXML');
		const results = objects.map(({Key, VersionId}) => deleteOne(call, {Key: Key ?? '', VersionId}));
		return {
			output: {
				Deleted: call.input.Delete?.Quiet ? [] : results.flatMap(({deleted}) => deleted ?? []),
				Errors: results.flatMap(({error}) => error ?? []),
			},
		};
	},
};

function deleteOne(
	call: BucketCall<DeleteObjectsRequest>,
	{Key, VersionId}: Wanted,
): {readonly deleted?: DeletedObject; readonly error?: DeleteError} {
	const named = {Key, ...(VersionId === undefined ? {} : {VersionId})};
	const action = VersionId === undefined ? 's3:DeleteObject' : 's3:DeleteObjectVersion';
	if (!call.may({action, resource: objectArn(call.bucket.name, Key)})) {
		return {error: {...named, Code: 'AccessDenied', Message: 'Access Denied'}};
	}
	const isVersionUnknown = VersionId !== undefined && call.bucket.versions.find(Key, VersionId) === undefined;
	if (isVersionUnknown) {
		const {code, message} = s3Error('NoSuchVersion');
		return {error: {...named, Code: code, Message: message}};
	}
	const result = deleteOrError(call, Key, VersionId);
	if (result instanceof ServiceError) {
		return {error: {...named, Code: result.code, Message: result.message}};
	}
	const {isDeleteMarker, versionId} = result;
	return {
		deleted: {
			...named,
			...(isDeleteMarker ? {DeleteMarker: true, DeleteMarkerVersionId: versionId} : {}),
		},
	};
}

function deleteOrError(
	call: BucketCall<DeleteObjectsRequest>,
	key: string,
	versionId: string | undefined,
): DeletedVersion | ServiceError {
	try {
		return deleteVersion(call, key, versionId);
	} catch (error) {
		if (error instanceof ServiceError) return error;
		throw error;
	}
}
