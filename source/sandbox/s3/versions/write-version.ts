import {type Tag} from '../../world/account.js';
import {wholeSeconds} from '../../world/clock.js';
import {type Bucket} from '../../world/bucket.js';
import {type LockState} from '../objects/object-lock.js';
import {type Acl} from '../../world/acl.js';
import {noCopies, type ObjectData, type ObjectVersion} from '../../world/object-version.js';
import {type World} from '../../world/world.js';

/** The version id of what is written without versioning. */
export const nullVersionId = 'null';

/**
 * Writes a version, or a delete marker where there is no data: a new one under versioning, else in place of the one
 * whose id is null (S3 User Guide, AddingObjectstoVersioningSuspendedBuckets).
 */
export function writeVersion(
	world: World,
	bucket: Bucket,
	written: {
		readonly key: string;
		readonly data: ObjectData | undefined;
		readonly tags: readonly Tag[];
		readonly lock?: LockState;
		readonly acl?: Acl | undefined;
	},
): ObjectVersion {
	const now = world.clock.now();
	const isVersioned = bucket.versioning.inEffect(now) === 'Enabled';
	if (!isVersioned) removeVersion(world, bucket, written.key, nullVersionId);
	const {key, data, tags, lock, acl} = written;
	const version: ObjectVersion = {
		key,
		versionId: isVersioned ? world.ids.versionId() : nullVersionId,
		lastModifiedMs: wholeSeconds(now).getTime(),
		sequence: world.nextSequence(),
		data,
		tags,
		retention: lock?.retention,
		legalHold: lock?.legalHold,
		acl,
		isReplica: false,
		copies: noCopies,
	};
	bucket.versions.add(version);
	return version;
}

/** Removes a version for good and gives it back, if it was there. */
export function removeVersion(
	world: World,
	bucket: Bucket,
	key: string,
	versionId: string,
): ObjectVersion | undefined {
	const removed = bucket.versions.remove(key, versionId);
	if (removed?.data !== undefined) world.bodies.release(removed.data.body);
	return removed;
}

/** The version id as S3 tells it: a bucket that never had versioning tells none. */
export function shownVersionId(world: World, bucket: Bucket, version: ObjectVersion): string | undefined {
	const wasVersioned = bucket.versioning.inEffect(world.clock.now()) !== undefined;
	return version.versionId !== nullVersionId || wasVersioned ? version.versionId : undefined;
}
