import {bucketOfArn} from '../arn.js';
import {isSchemaV1, type ReplicationRule} from './replication-configuration.js';
import {filterOf} from './rule-filter.js';

/**
 * The buckets to which the rules replicate the delete marker that somebody writes for a key: of the enabled rules that take the key the one
 * of highest priority decides at each destination. V1 replicates delete markers, V2 where the rule says so, and none with a tag in its filter.
 * Source: S3 User Guide, "Replicating delete markers between buckets" and "What does Amazon S3 replicate?".
 */
export function markerDestinations(rules: readonly ReplicationRule[], key: string): readonly string[] {
	const winners = new Map<string, ReplicationRule>();
	for (const rule of rules) {
		const {prefix, tags} = filterOf(rule);
		// A delete marker has no tags.
		if (rule.Status !== 'Enabled' || tags.length > 0 || !key.startsWith(prefix)) continue;
		const bucket = bucketOfArn(rule.Destination.Bucket);
		const other = winners.get(bucket);
		if (other === undefined || (rule.Priority ?? 0) > (other.Priority ?? 0)) winners.set(bucket, rule);
	}

	return [...winners].filter(([, rule]) => takesMarkers(rule)).map(([bucket]) => bucket);
}

const takesMarkers = (rule: ReplicationRule): boolean =>
	isSchemaV1(rule) || rule.DeleteMarkerReplication?.Status === 'Enabled';
