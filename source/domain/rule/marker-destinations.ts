import {destinationOf} from '../arn.js';
import {isSchemaV1, type ReplicationRule} from './replication-configuration.js';
import {filterOf, takesObject} from './rule-filter.js';
import {decidingRule} from './rule-priority.js';

/**
 * The buckets to which the rules replicate the delete marker that somebody writes for a key: of the enabled rules that take the key the one
 * of highest priority decides at each destination. V1 replicates delete markers, V2 where the rule says so, and none with a tag in its filter.
 * Source: S3 User Guide, "Replicating delete markers between buckets" and "What does Amazon S3 replicate?".
 */
export function markerDestinations(rules: readonly ReplicationRule[], key: string): readonly string[] {
	// A delete marker has no tags.
	const taking = rules.filter((rule) => rule.Status === 'Enabled' && takesObject(filterOf(rule), key, {}));
	const buckets = new Set(taking.map(destinationOf));
	return [...buckets].filter((bucket) => {
		const deciding = decidingRule(taking.filter((rule) => destinationOf(rule) === bucket));
		return deciding !== undefined && takesMarkers(deciding);
	});
}

const takesMarkers = (rule: ReplicationRule): boolean =>
	isSchemaV1(rule) || rule.DeleteMarkerReplication?.Status === 'Enabled';
