import {type BucketCall} from '../action.js';
import {s3Error} from '../errors/errors.js';
import {isLocked} from '../objects/object-lock.js';
import {removeVersion, writeVersion} from './write-version.js';

export type DeletedVersion = {
	/** The delete marker that was written, or the version that was removed. */
	readonly versionId: string | undefined;
	readonly isDeleteMarker: boolean;
};

/**
 * Deletes as S3 does: a version id removes that version for good; without one, versioning puts a delete marker on top,
 * and a bucket that never had it loses the object (S3 User Guide, DeletingObjectVersions, DeleteMarker).
 */
export function deleteVersion(
	call: BucketCall<{readonly BypassGovernanceRetention?: boolean | undefined}>,
	key: string,
	versionId: string | undefined,
): DeletedVersion {
	const {world, bucket, versionWritten, versionRemoved} = call;
	for (const upload of bucket.uploads.values()) upload.isKeyDeletedSince ||= upload.key === key;
	if (versionId !== undefined) {
		const found = bucket.versions.find(key, versionId);
		if (found !== undefined && isLocked(call, found)) {
			throw s3Error('AccessDenied', {message: 'Access Denied because object protected by object lock.'});
		}
		const removed = removeVersion(world, bucket, key, versionId);
		if (removed !== undefined) versionRemoved(bucket, key, versionId);
		return {versionId, isDeleteMarker: removed !== undefined && removed.data === undefined};
	}
	if (bucket.versioning.inEffect(world.clock.now()) === undefined) {
		if (removeVersion(world, bucket, key, 'null') !== undefined) versionRemoved(bucket, key, undefined);
		return {versionId: undefined, isDeleteMarker: false};
	}
	const marker = writeVersion(world, bucket, {key, data: undefined, tags: []});
	versionWritten(bucket, marker);
	return {versionId: marker.versionId, isDeleteMarker: true};
}
