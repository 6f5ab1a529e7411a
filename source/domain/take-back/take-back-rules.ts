import {
	isSchemaV1,
	type ReplicationConfiguration,
	type ReplicationRule,
} from '../rule/replication-configuration.js';
import {isSameRule as isSameBesidesId} from '../rule/rule-meaning.js';

type Images = {readonly before?: ReplicationConfiguration; readonly after: ReplicationConfiguration};

type TakenBackRules = {
	/** `undefined`: no rule is left. */
	readonly configuration: ReplicationConfiguration | undefined;
	/** Rules that somebody changed since, and that stay as they are. */
	readonly stay: readonly string[];
};

/**
 * A replication configuration as it is now, without what one write brought into it.
 * Unchanged since, it becomes the very before-image; else rule by rule: one that the write added goes, one that it changed gets its
 * before-image back, and one that somebody changed since stays, unless the write added it for the destination it still has.
 * A write that never took effect, or was taken back already, leaves everything as it is.
 */
export function takeBackRules(
	now: ReplicationConfiguration | undefined,
	{before, after}: Images,
): TakenBackRules {
	if (now === undefined || (before && isSameConfiguration(now, before)))
		return {configuration: now, stay: []};
	if (isSameConfiguration(now, after)) return {configuration: before, stay: []};
	const stay: string[] = [];
	const rules: ReplicationRule[] = [];
	for (const rule of now.Rules) {
		const had = before?.Rules.find(({ID}) => ID === rule.ID);
		const wrote = after.Rules.find(({ID}) => ID === rule.ID);
		const isUntouched = !wrote || (had && (isSameRule(had, wrote) || isSameRule(rule, had)));
		if (isUntouched) rules.push(rule);
		else if (isSameRule(rule, wrote)) {
			if (had) rules.push(had);
		} else if (had || rule.Destination.Bucket !== wrote.Destination.Bucket) {
			stay.push(rule.ID ?? '');
			rules.push(rule);
		}
	}

	const role = before && now.Role === after.Role ? before.Role : now.Role;
	const isMixed = rules.some(isSchemaV1) && !rules.every(isSchemaV1);
	// S3 takes rules of one schema only: what was converted stays so where somebody added a rule of the newer one since.
	const fitting = isMixed
		? rules.map((rule) => (isSchemaV1(rule) ? (now.Rules.find(({ID}) => ID === rule.ID) ?? rule) : rule))
		: rules;
	return {configuration: fitting.length === 0 ? undefined : {Role: role, Rules: fitting}, stay};
}

/** Equal by meaning: the order of rules says nothing. */
export function isSameConfiguration(
	left: ReplicationConfiguration | undefined,
	right: ReplicationConfiguration | undefined,
): boolean {
	if (!left || !right) return left === right;
	return (
		left.Role === right.Role &&
		left.Rules.length === right.Rules.length &&
		left.Rules.every((rule) => right.Rules.some((other) => isSameRule(rule, other)))
	);
}

const isSameRule = (left: ReplicationRule, right: ReplicationRule): boolean =>
	left.ID === right.ID && isSameBesidesId(left, right);
