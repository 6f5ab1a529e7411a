import {type ReplicationRule, type Tag} from '@aws-sdk/client-s3';

/** Says whether a rule is of schema V2: the Filter element decides, even an empty one (S3 User Guide, replication-add-config). */
export function isSchemaV2(rule: ReplicationRule): boolean {
	return rule.Filter !== undefined;
}

/** The prefix that keys must have for the rule; empty for the whole bucket. */
export function prefixOf({Filter, Prefix}: ReplicationRule): string {
	return Filter?.Prefix ?? Filter?.And?.Prefix ?? Prefix ?? '';
}

/** The tags that objects must have for the rule. */
export function tagsOf({Filter}: ReplicationRule): readonly Tag[] {
	return Filter?.Tag === undefined ? (Filter?.And?.Tags ?? []) : [Filter.Tag];
}
