import type {ReplicationRule} from '../rule/replication-configuration.js';
import {filterOf, type RuleFilter} from '../rule/rule-filter.js';

/** A version or a delete marker as a listing of versions has it. */
export type ListedVersion = {
	readonly key: string;
	readonly versionId: string;
	/** Absent: a delete marker. */
	readonly sizeBytes?: number;
	/** In milliseconds since 1970. */
	readonly lastModified?: number;
	readonly isLatest: boolean;
};

/** What became of one key's current version on the other side. */
export type KeyVerdict =
	/** As it is at the source. */
	| 'same'
	/** No version of the key is at the destination, or not this one while a newer there is older than it. */
	| 'missing'
	/** Something else is current at the destination. */
	| 'different'
	/** Whether a rule takes it is not known from a listing: its tags decide. */
	| 'not-known'
	/** Younger than the lag: it may be on its way. */
	| 'young'
	/** No rule takes it, or its current version is a delete marker. */
	| 'left-out';

/** How keys are compared. */
export type CompareTerms = {
	/** The filters of the enabled rules with this destination. */
	readonly filters: readonly RuleFilter[];
	/** Versions written since then may be on their way; in milliseconds since 1970. */
	readonly youngSince: number;
	/** Only versions written in between are looked at. */
	readonly createdAfter?: number;
	readonly createdBefore?: number;
};

/** What the destination has of a key. */
export type AtDestination = {
	readonly latest: ListedVersion;
	/** The version that is current at the source, wherever it stands among its versions here. */
	readonly found?: ListedVersion;
};

/**
 * Compares the current version of a key with what the destination has of it. Replicas keep key and version id. Delete markers are
 * tolerated on either side: whether they are replicated is a matter of the rule. Pure.
 * Source: S3 User Guide, "What does Amazon S3 replicate?".
 */
export function compareKey(
	source: ListedVersion,
	destination: AtDestination | undefined,
	{filters, youngSince, createdAfter, createdBefore}: CompareTerms,
): KeyVerdict {
	const {key, sizeBytes, lastModified = 0} = source;
	if (sizeBytes === undefined) return 'left-out';
	const matching = filters.filter(({prefix}) => key.startsWith(prefix));
	if (matching.length === 0) return 'left-out';
	if (createdAfter !== undefined && lastModified <= createdAfter) return 'left-out';
	if (createdBefore !== undefined && lastModified >= createdBefore) return 'left-out';
	const isAsThere =
		destination?.found?.sizeBytes === sizeBytes &&
		(destination.latest.sizeBytes === undefined || destination.latest.versionId === source.versionId);
	if (isAsThere) return 'same';
	if (lastModified > youngSince) return 'young';
	// What a rule takes by its tags only cannot be seen here.
	if (matching.every(({tags}) => tags.length > 0)) return 'not-known';
	return destination && destination.latest.sizeBytes !== undefined ? 'different' : 'missing';
}

/** What the keys of all filters begin with: nothing else has to be listed. */
export function commonPrefix(filters: readonly RuleFilter[]): string {
	const [first = '', ...others] = filters.map(({prefix}) => prefix);
	let length = first.length;
	for (const other of others) while (!other.startsWith(first.slice(0, length))) length--;
	return first.slice(0, length);
}

/** The filters with only those keys that begin so. */
export function narrowedTo(filters: readonly RuleFilter[], wanted: string): readonly RuleFilter[] {
	return filters.flatMap(({prefix, tags}) => {
		if (prefix.startsWith(wanted)) return [{prefix, tags}];
		return wanted.startsWith(prefix) ? [{prefix: wanted, tags}] : [];
	});
}

/** The filters of the enabled rules of a configuration with one destination. */
export function filtersTo(rules: readonly ReplicationRule[], destinationArn: string): readonly RuleFilter[] {
	return rules
		.filter(({Status, Destination: {Bucket}}) => Status === 'Enabled' && Bucket === destinationArn)
		.map(filterOf);
}
