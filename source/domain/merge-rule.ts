import {bucketArn} from './arn.js';
import {
	freePriority,
	isWholeBucket,
	type ReplicationConfiguration,
	type ReplicationRule,
} from './replication-configuration.js';

export type WantedRule = {
	readonly id: string;
	readonly partition: string;
	readonly destinationBucket: string;
	/** Across accounts only. */
	readonly destinationAccountId?: string;
};

/**
 * The source's replication configuration with the rule wanted, the other rules as they are.
 * Gives the same value back where the rule is there already, whatever its priority.
 * Source: S3 User Guide, "Replication configuration file elements" (schema V2 wants Filter, Priority and DeleteMarkerReplication).
 */
export function mergeRule(
	existing: ReplicationConfiguration | undefined,
	roleArn: string,
	wanted: WantedRule,
): ReplicationConfiguration {
	const rules = existing?.Rules ?? [];
	const present = rules.find((rule) => rule.ID === wanted.id);
	const rule = ruleFor(wanted, present?.Priority ?? freePriority(rules));
	if (!existing || !present) return {Role: existing?.Role ?? roleArn, Rules: [...rules, rule]};
	if (existing.Role === roleArn && isSameRule(present, rule)) return existing;
	return {Role: existing.Role, Rules: rules.map((other) => (other === present ? rule : other))};
}

function ruleFor(wanted: WantedRule, priority: number): ReplicationRule {
	return {
		ID: wanted.id,
		Priority: priority,
		Status: 'Enabled',
		Filter: {},
		DeleteMarkerReplication: {Status: 'Disabled'},
		Destination: {
			Bucket: bucketArn(wanted.partition, wanted.destinationBucket),
			...(wanted.destinationAccountId === undefined ? {} : {Account: wanted.destinationAccountId}),
		},
	};
}

/** Equal in everything that decides what happens: an empty filter and an empty prefix both mean the whole bucket. */
function isSameRule(present: ReplicationRule, wanted: ReplicationRule): boolean {
	const {ID: _id, Filter: filter, Prefix: prefix, ...rest} = present;
	const {ID: _wantedId, Filter: _wantedFilter, ...wantedRest} = wanted;
	return (
		filter !== undefined &&
		prefix === undefined &&
		isWholeBucket(present) &&
		canonical(rest) === canonical(wantedRest)
	);
}

function canonical(value: unknown): string {
	return JSON.stringify(value, (_key, member: unknown) =>
		member !== null && typeof member === 'object' && !Array.isArray(member)
			? Object.fromEntries(Object.entries(member).sort(([left], [right]) => (left < right ? -1 : 1)))
			: member,
	);
}

/** Whether a configuration read back has the rule that was written, under the same role. */
export function hasRule(
	seen: ReplicationConfiguration | undefined,
	written: ReplicationConfiguration,
	ruleId: string,
): boolean {
	const wanted = written.Rules.find((rule) => rule.ID === ruleId);
	const present = seen?.Rules.find((rule) => rule.ID === ruleId);
	return (
		wanted !== undefined &&
		present !== undefined &&
		seen?.Role === written.Role &&
		isSameRule(present, wanted)
	);
}
