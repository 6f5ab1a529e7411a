import {
	type DeletedObject,
	type DeleteObjectsOutput,
	type DeleteObjectsRequest,
	type _Error as DeleteError,
	type ObjectIdentifier,
} from '@aws-sdk/client-s3';
import {type BucketAction, type BucketCall, objectArn} from '../action.js';
import {type DeletedVersion, deleteVersion} from '../versions/delete-version.js';
import {ServiceError} from '../../wire/service-error.js';
import {isHandedOut} from '../../world/ids.js';
import {nullVersionId} from '../versions/write-version.js';
import {checkBypass} from '../objects/object-lock.js';
import {s3Error} from '../errors/errors.js';
import {checkDeleteConditions, conditionPermissions} from '../objects/preconditions.js';

const maxObjects = 1000;

/** What is told of each object: its key, and the version and the condition where there are any. */
type Wanted = Omit<ObjectIdentifier, 'Key'> & {readonly Key: string};

/** Written so that one object that may not or cannot be deleted does not stop the others (S3 API reference, DeleteObjects). */
export const deleteObjects: BucketAction<DeleteObjectsRequest, DeleteObjectsOutput> = {
	name: 'DeleteObjects',
	target: 'bucket',
	permissions: [],
	run(call) {
		checkBypass(call);
		const objects = call.input.Delete?.Objects ?? [];
		if (objects.length === 0 || objects.length > maxObjects) throw s3Error('MalformedXML');
		const results = objects.map((object) => deleteOne(call, {...object, Key: object.Key ?? ''}));
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
	wanted: Wanted,
): {readonly deleted?: DeletedObject; readonly error?: DeleteError} {
	const {Key, VersionId, ETag} = wanted;
	const named = {Key, ...(VersionId === undefined ? {} : {VersionId})};
	const action = VersionId === undefined ? 's3:DeleteObject' : 's3:DeleteObjectVersion';
	const resource = objectArn(call.bucket, Key);
	const context: Record<string, string> = ETag === undefined ? {} : {'s3:if-match': ETag};
	const isPermitted = [action, ...conditionPermissions({IfMatch: ETag})].every((name) =>
		call.may({action: name, resource, context, versionId: VersionId}),
	);
	if (!isPermitted) {
		return {error: {...named, Code: 'AccessDenied', Message: 'Access Denied'}};
	}
	if (VersionId !== undefined && isUnknown(call, Key, VersionId)) {
		const {code, message} = s3Error('NoSuchVersion');
		return {error: {...named, Code: code, Message: message}};
	}
	const result = deleteOrError(call, wanted);
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

/** One that was deleted before is no error to delete again: clients repeat what they got no answer to. */
function isUnknown({bucket}: BucketCall<unknown>, key: string, versionId: string): boolean {
	return (
		bucket.versions.find(key, versionId) === undefined &&
		versionId !== nullVersionId &&
		!isHandedOut(versionId)
	);
}

function deleteOrError(
	call: BucketCall<DeleteObjectsRequest>,
	{Key: key, VersionId, ETag, LastModifiedTime, Size}: Wanted,
): DeletedVersion | ServiceError {
	try {
		checkDeleteConditions(
			{IfMatch: ETag, IfMatchLastModifiedTime: LastModifiedTime, IfMatchSize: Size},
			key,
			call.bucket.versions.current(key),
		);
		return deleteVersion(call, key, VersionId);
	} catch (error) {
		if (error instanceof ServiceError) return error;
		throw error;
	}
}
