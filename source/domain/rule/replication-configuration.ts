/** A replication rule, in the words of the S3 API. Unknown members are kept as they came. */
export type ReplicationRule = {
	readonly ID?: string;
	readonly Priority?: number;
	readonly Status: 'Enabled' | 'Disabled';
	/** Schema V1 only. */
	readonly Prefix?: string;
	/** Present in schema V2, even if empty. */
	readonly Filter?: {
		readonly Prefix?: string;
		readonly Tag?: {readonly Key: string; readonly Value: string};
		readonly And?: {
			readonly Prefix?: string;
			readonly Tags?: ReadonlyArray<{readonly Key: string; readonly Value: string}>;
		};
	};
	readonly DeleteMarkerReplication?: {readonly Status?: 'Enabled' | 'Disabled'};
	readonly Destination: {
		readonly Bucket: string;
		readonly Account?: string;
		readonly StorageClass?: string;
		readonly [member: string]: unknown;
	};
	readonly [member: string]: unknown;
};

export type ReplicationConfiguration = {
	/** One role's ARN serves every rule. */
	readonly Role: string;
	readonly Rules: readonly ReplicationRule[];
};

/**
 * Whether a rule is of schema V1: it has no `Filter`.
 * Source: S3 User Guide, "Replication configuration file elements", backward compatibility.
 */
export function isSchemaV1(rule: ReplicationRule): boolean {
	return rule.Filter === undefined;
}

const highestPriority = 2_147_483_647;

/**
 * A priority that no rule has yet: one above the highest, or the lowest free one where the highest is the limit.
 * A higher number wins among rules with one destination. Source: S3 API Reference, ReplicationRule.
 */
export function freePriority(rules: readonly ReplicationRule[]): number {
	return freeNumber(new Set(rules.map(({Priority}) => Priority ?? 0)));
}

/** The same beside priorities that are taken. */
export function freeNumber(taken: ReadonlySet<number>): number {
	const above = Math.max(0, ...taken) + 1;
	if (above <= highestPriority) return above;
	let priority = 1;
	while (taken.has(priority)) priority++;
	return priority;
}
