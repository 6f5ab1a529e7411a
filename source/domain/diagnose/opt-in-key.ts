import {keyArnOf} from '../answers/key-name.js';
import {managedAlias} from '../observed/key-choices.js';
import type {ObservedReplication} from '../observed/observed-replication.js';
import type {ReplicationRule} from '../rule/replication-configuration.js';
import {bucketOfArn} from '../arn.js';

/**
 * The key with which a rule that leaves SSE-KMS objects out would take them: the destination bucket's own, else, within one account, the one
 * that AWS manages. Nothing where a person has to choose, and where somebody has turned it off in the rule.
 * Source: S3 User Guide, "Replicating encrypted objects" (a key that AWS manages is of no use in another account).
 */
export function optInKey(
	{partition, source, destinations}: ObservedReplication,
	rule: ReplicationRule,
): string | undefined {
	const destination = destinations[bucketOfArn(rule.Destination.Bucket)];
	if (destination?.state !== 'existing' || isOptedOut(rule)) return undefined;
	const {accountId, region, encryption} = destination.seen;
	const own =
		encryption.isRead && encryption.value.algorithm.startsWith('aws:kms')
			? encryption.value.keyId
			: undefined;
	if (own !== undefined) return keyArnOf(own, {partition, region, accountId});
	return accountId === source.accountId ? managedAlias : undefined;
}

/** Whether the rule says that SSE-KMS objects are to be left out. */
export function isOptedOut({SourceSelectionCriteria: criteria}: ReplicationRule): boolean {
	const {SseKmsEncryptedObjects: opted} = (criteria ?? {}) as {
		readonly SseKmsEncryptedObjects?: {readonly Status?: string};
	};
	return opted?.Status === 'Disabled';
}
