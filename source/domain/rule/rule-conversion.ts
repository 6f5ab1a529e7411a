import {freeNumber, isSchemaV1, type ReplicationRule} from './replication-configuration.js';

type ConvertedRules = {readonly rules: readonly ReplicationRule[]; readonly notes: readonly string[]};

/**
 * Rules as schema V2, which cannot stand beside V1 in one configuration. What a rule does stays: V1 replicates the delete
 * markers of users, so that the converted rule says so, and its prefix becomes its filter. V1 has no priorities; where two
 * rules overlap the first goes first. Source: S3 User Guide, "Replication configuration file elements", backward
 * compatibility.
 */
export function asSchemaV2(rules: readonly ReplicationRule[]): ConvertedRules {
	const old = rules.filter(isSchemaV1);
	if (old.length === 0) return {rules, notes: []};
	// 1 is left for the rule that is added: it goes below them.
	const taken = new Set([1, ...rules.flatMap(({Priority: priority}) => priority ?? [])]);
	const converted = new Map<ReplicationRule, ReplicationRule>();
	for (const rule of [...old].reverse()) {
		const {Prefix: prefix = '', ID: id, Status: status, ...rest} = rule;
		const priority = freeNumber(taken);
		taken.add(priority);
		converted.set(rule, {
			ID: id,
			Priority: priority,
			Status: status,
			Filter: {Prefix: prefix},
			DeleteMarkerReplication: {Status: 'Enabled'},
			...rest,
		});
	}

	return {
		rules: rules.map((rule) => converted.get(rule) ?? rule),
		notes: old.map(
			({ID: id}) =>
				`rule ${id ?? ''}: converted to the newer form, same behaviour (delete markers go on being replicated)`,
		),
	};
}
