import {freePriority, type ReplicationRule} from './replication-configuration.js';

export type PlacedRule = {
	readonly priority: number;
	/** The other rules, with the same effect: where no priority was left, some have a higher one than before. */
	readonly rules: readonly ReplicationRule[];
	readonly notes: readonly string[];
};

/**
 * A priority for a rule that takes the whole bucket. The higher number wins among rules with one destination, so it has
 * to be below all of them, or it would take over what they say of their objects. Where 0 is taken, the lowest ones move up
 * as little as they can, in their order. Other destinations do not matter: any free number will do.
 * Source: S3 API Reference, ReplicationRule (Priority); S3 User Guide, "Replication configuration file elements".
 */
export function placeBelow(rules: readonly ReplicationRule[], destinationArn: string): PlacedRule {
	const taken = new Set(rules.map(({Priority: priority}) => priority ?? 0));
	const siblings = rules.filter(({Destination: {Bucket: bucket}}) => bucket === destinationArn);
	if (siblings.length === 0) return {priority: freePriority(rules), rules, notes: []};
	const lowest = Math.min(...siblings.map(({Priority: priority}) => priority ?? 0));
	for (let priority = lowest - 1; priority >= 0; priority--)
		if (!taken.has(priority)) return {priority, rules, notes: []};
	return makeRoom(rules, siblings, lowest);
}

/** Every number below the lowest sibling is taken: it leaves its own, and pushes up those it would reach. */
function makeRoom(
	rules: readonly ReplicationRule[],
	siblings: readonly ReplicationRule[],
	lowest: number,
): PlacedRule {
	const moved = new Map<ReplicationRule, number>();
	const others = new Set(
		rules.filter((rule) => !siblings.includes(rule)).map(({Priority: priority}) => priority ?? 0),
	);
	let floor = lowest;
	for (const rule of [...siblings].sort((left, right) => (left.Priority ?? 0) - (right.Priority ?? 0))) {
		if ((rule.Priority ?? 0) > floor) break;
		floor++;
		while (others.has(floor)) floor++;
		moved.set(rule, floor);
	}

	return {
		priority: lowest,
		rules: rules.map((rule) => {
			const priority = moved.get(rule);
			return priority === undefined ? rule : {...rule, Priority: priority};
		}),
		notes: [...moved].map(
			([rule, priority]) =>
				`rule ${rule.ID ?? ''}: priority ${rule.Priority ?? 0} becomes ${priority}, so that it still goes before the new rule`,
		),
	};
}

/**
 * The rule that counts of those that take the same object to the same destination: the one of highest priority; nothing where there is none.
 * Source: S3 API Reference, ReplicationRule, Priority.
 */
export function decidingRule(rules: readonly ReplicationRule[]): ReplicationRule | undefined {
	return rules.reduce<ReplicationRule | undefined>(
		(best, rule) => (best && (best.Priority ?? 0) >= (rule.Priority ?? 0) ? best : rule),
		undefined,
	);
}
