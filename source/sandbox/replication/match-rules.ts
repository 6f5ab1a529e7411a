import {type ReplicationConfiguration, type ReplicationRule} from '@aws-sdk/client-s3';
import {type ObjectVersion} from '../world/object-version.js';
import {isArchived} from '../s3/objects/archive.js';
import {bucketNameOf} from '../s3/replication-configuration/check-destination.js';
import {isSchemaV2, prefixOf, tagsOf} from '../s3/replication-configuration/rule-schema.js';

export type RuleMatch = {readonly rule: ReplicationRule; readonly destination: string};

type Subject = Pick<ObjectVersion, 'key' | 'tags' | 'data'>;

/**
 * Takes a configuration and a version, gives the rule that applies at each destination: of those with the same
 * destination the one of highest priority (S3 User Guide, replication-add-config). Rules that are disabled count only
 * when asked for. What lies in an archive is not replicated (replication-what-is-isnot).
 */
export function matchRules(
	configuration: ReplicationConfiguration,
	version: Subject,
	options: {readonly includesDisabled?: boolean} = {},
): readonly RuleMatch[] {
	if (version.data !== undefined && isArchived(version.data)) return [];
	const winners = new Map<string, ReplicationRule>();
	for (const rule of configuration.Rules ?? []) {
		const destination = bucketNameOf(rule.Destination?.Bucket);
		if (destination === undefined || !fits(rule, version)) continue;
		if (rule.Status !== 'Enabled' && !options.includesDisabled) continue;
		const other = winners.get(destination);
		if (other === undefined || (rule.Priority ?? 0) > (other.Priority ?? 0)) winners.set(destination, rule);
	}
	return [...winners]
		.filter(([, rule]) => version.data !== undefined || replicatesDeleteMarkers(rule))
		.map(([destination, rule]) => ({rule, destination}));
}

/** What is encrypted with a key of KMS is for rules that ask for it (S3 User Guide, replication-config-for-kms-objects). */
function fits(rule: ReplicationRule, {key, tags, data}: Subject): boolean {
	const takesKms = rule.SourceSelectionCriteria?.SseKmsEncryptedObjects?.Status === 'Enabled';
	return (
		(takesKms || data?.encryption === undefined) &&
		key.startsWith(prefixOf(rule)) &&
		tagsOf(rule).every((wanted) => tags.some(({Key, Value}) => Key === wanted.Key && Value === wanted.Value))
	);
}

/** Says whether changes of replicas follow the rule, too (S3 User Guide, replication-for-metadata-changes). */
export function syncsReplicas({SourceSelectionCriteria}: ReplicationRule): boolean {
	return SourceSelectionCriteria?.ReplicaModifications?.Status === 'Enabled';
}

/** V1 replicates users' delete markers; V2 only where the rule says so (S3 User Guide, replication-what-is-isnot). */
function replicatesDeleteMarkers(rule: ReplicationRule): boolean {
	return !isSchemaV2(rule) || rule.DeleteMarkerReplication?.Status === 'Enabled';
}
