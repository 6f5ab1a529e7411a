import {type ReplicationRule} from '@aws-sdk/client-s3';
import {findKey} from '../kms/find-key.js';
import {defaultEncryptionOf} from '../s3/objects/encryption.js';
import {type Bucket} from '../world/bucket.js';
import {type KmsEncryption, type ObjectData} from '../world/object-version.js';
import {type World} from '../world/world.js';

/**
 * How a replica is encrypted: as its source is, with the rule's key where that is one of KMS; the destination's default says
 * only whether with a bucket key (S3 User Guide, replication-config-for-kms-objects, bucket-encryption; whose setting of bucket
 * keys counts: guessed).
 */
export function replicaEncryptionOf(
	world: World,
	{encryption}: ObjectData,
	source: Bucket,
	destination: Bucket,
	rule: ReplicationRule,
): KmsEncryption | undefined {
	if (encryption === undefined) return undefined;
	const place = {accountId: source.ownerAccountId, region: destination.region};
	const keyId = replicaKeyIdOf(rule);
	return {
		...encryption,
		keyArn: findKey(world, keyId, place).key?.arn ?? keyId,
		usesBucketKey: usesBucketKeyAt(destination, encryption),
	};
}

/** The ARN of the key or the alias that the rule names; one of an alias is looked up at each copy (S3 API reference, EncryptionConfiguration). */
export function replicaKeyIdOf({Destination}: ReplicationRule): string {
	return Destination?.EncryptionConfiguration?.ReplicaKmsKeyID ?? '';
}

/** Two layers take no bucket key (S3 User Guide, UsingDSSEncryption). */
export function usesBucketKeyAt(destination: Bucket, {algorithm}: KmsEncryption): boolean {
	return algorithm === 'aws:kms' && defaultEncryptionOf(destination)?.BucketKeyEnabled === true;
}
