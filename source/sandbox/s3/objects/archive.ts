import {type ObjectData, type ObjectVersion} from '../../world/object-version.js';
import {type World} from '../../world/world.js';
import {s3Error} from '../errors/errors.js';

/** Their bytes must be restored before they can be read (S3 User Guide, storage-class-intro, "archiving"). */
const archiveClasses: ReadonlySet<string> = new Set(['GLACIER', 'DEEP_ARCHIVE']);

/** Says whether an object lies in an archive, restored or not. */
export function isArchived({storageClass}: Pick<ObjectData, 'storageClass'>): boolean {
	return archiveClasses.has(storageClass);
}

/**
 * Throws InvalidObjectState where the bytes of an object lie in an archive and no restored copy is there (S3 API reference,
 * GetObject; words: third-party, LocalStack, as recorded from AWS).
 */
export function requireReadable(
	{clock}: World,
	{data, restore}: ObjectVersion & {readonly data: ObjectData},
	message = "The operation is not valid for the object's storage class",
): void {
	if (!isArchived(data)) return;
	const now = clock.now();
	if (restore !== undefined && restore.readyMs <= now && now < restore.untilMs) return;
	throw s3Error('InvalidObjectState', {message, fields: {StorageClass: data.storageClass}});
}

/** What HEAD and GET say of a restored copy, or of one that is to come (S3 API reference, HeadObject, x-amz-restore). */
export function restoreHeaderOf({clock}: World, {restore}: ObjectVersion): string | undefined {
	const now = clock.now();
	if (restore === undefined || now >= restore.untilMs) return undefined;
	if (now < restore.readyMs) return 'ongoing-request="true"';
	return `ongoing-request="false", expiry-date="${new Date(restore.untilMs).toUTCString()}"`;
}
