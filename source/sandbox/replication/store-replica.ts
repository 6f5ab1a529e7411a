import {type ReplicationRule} from '@aws-sdk/client-s3';
import {type Bucket} from '../world/bucket.js';
import {defaultRetentionOf} from '../s3/objects/object-lock.js';
import {type Acl, fullControlOf} from '../world/acl.js';
import {noCopies, type ObjectVersion} from '../world/object-version.js';
import {hasAcls, ownerOf, usual} from '../s3/acl/object-owner.js';
import {replicaEncryptionOf} from './replica-encryption.js';
import {copiesAcl} from './copy-steps.js';
import {findRoleByArn, type World} from '../world/world.js';
import {notifyOfReplica} from '../notifications/notify-replication.js';
import {removeVersion} from '../s3/versions/write-version.js';
import {sessionName} from './check-keys.js';

/**
 * Writes the replica of a version: same key, version id, time, metadata and tags; the storage class may be the rule's
 * (S3 User Guide, replication-what-is-isnot). Tells the destination's queues of it.
 */
export function storeReplica(
	world: World,
	version: ObjectVersion,
	source: Bucket,
	destination: Bucket,
	rule: ReplicationRule,
): void {
	removeVersion(world, destination, version.key, version.versionId);
	const replica: ObjectVersion = {
		...version,
		data: version.data && {
			...version.data,
			body: world.bodies.share(version.data.body),
			storageClass: rule.Destination?.StorageClass ?? version.data.storageClass,
			encryption: replicaEncryptionOf(world, version.data, source, destination, rule),
		},
		acl: replicaAclOf(version, source, destination, rule),
		retention: version.retention ?? defaultRetentionOf(destination, world.clock.now()),
		isReplica: true,
		copies: noCopies,
	};
	destination.versions.add(replica);
	const role = findRoleByArn(world, source.replication?.Role ?? '');
	notifyOfReplica(world, destination, replica, `AWS:${role?.roleId ?? ''}:${sessionName}`);
}

/** Brings a replica up to what was changed at its source. */
export function followChanges(
	version: ObjectVersion,
	source: Bucket,
	destination: Bucket,
	rule: ReplicationRule,
): void {
	const replica = destination.versions.find(version.key, version.versionId);
	if (replica === undefined) return;
	replica.tags = version.tags;
	if (copiesAcl({rule}, destination)) replica.acl = replicaAclOf(version, source, destination, rule);
	replica.legalHold = version.legalHold;
	// Without a retention of the source's own the destination's default stays (S3 User Guide, replication-what-is-isnot).
	replica.retention = version.retention ?? replica.retention;
}

/**
 * The ACL of a replica: without a rule that changes it, its owner is the source object's, and who could do something
 * with that may with the replica (S3 User Guide, replication-change-owner).
 */
function replicaAclOf(
	version: ObjectVersion,
	source: Bucket,
	destination: Bucket,
	rule: ReplicationRule,
): Acl | undefined {
	if (rule.Destination?.AccessControlTranslation !== undefined) return undefined;
	const owner = ownerOf(source, version);
	const grants = (hasAcls(source) ? version.acl?.grants : undefined) ?? [fullControlOf(owner)];
	return usual(destination.ownerAccountId, {ownerAccountId: owner, grants});
}
