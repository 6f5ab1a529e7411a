import {filterOf, type RuleFilter} from '../rule/rule-filter.js';
import {replicationIn} from '../operations/put-replication.js';
import type {Plan} from '../plan/plan.js';
import {countText} from './count-text.js';

/**
 * Objects of the source that a rule does not copy by itself. `listed`: all that the first page of a listing has, for a rule that is new.
 * `sampled`: how many of a few have no status or FAILED, for a rule that was there; a listing shows no status.
 */
export type ExistingObjects = {
	readonly sourceBucket: string;
	readonly kind: 'listed' | 'sampled';
	/** How many were looked at. */
	readonly looked: number;
	/** How many of them are not copied. */
	readonly left: number;
	/** Whether there are more than were looked at. */
	readonly isMore: boolean;
	/** The command that copies them. */
	readonly command: string;
	/** Whether the rule takes only those of them that have its tags: a listing shows none. */
	readonly hasTags?: boolean;
};

/** What is said of them; nothing where there are none. */
export function existingText({
	command,
	kind,
	looked,
	left,
	isMore,
	hasTags,
}: ExistingObjects): string | undefined {
	if (left === 0) return undefined;
	const isOne = left === 1 && !isMore;
	const how = `Copy ${isOne ? 'it' : 'them'}: ${command}`;
	if (kind === 'sampled')
		return `${left} of ${looked} sampled ${looked === 1 ? 'object' : 'objects'} ${left === 1 ? 'is' : 'are'} not copied: S3 leaves ${isOne ? 'it' : 'them'} alone. ${how}`;
	const count = isMore ? `More than ${countText(left)}` : countText(left);
	const which = hasTags ? ' with the rule’s tags or without' : '';
	return `${count} ${isOne ? 'object exists' : 'objects exist'} already${which}: S3 leaves ${isOne ? 'it' : 'them'} alone. ${how}`;
}

/** A plan that says how many objects its rule will not copy. */
export function withExisting(plan: Plan, existing: ExistingObjects): Plan {
	const text = existingText(existing);
	const rules = replicationIn(plan.operations);
	if (text === undefined || !rules) return plan;
	return {
		...plan,
		existing: text,
		operations: plan.operations.map((operation) =>
			operation === rules ? {...rules, notes: [...(rules.notes ?? []), text]} : operation,
		),
	};
}

/** What the rule of a plan takes; `undefined`: the plan has no rule of its own. */
export function takenByPlan({operations, ruleId}: Plan): RuleFilter | undefined {
	const rule = replicationIn(operations)?.after.Rules.find(({ID: id}) => id === ruleId);
	return rule && filterOf(rule);
}

/** Whether the rule of a plan is new: what exists already was written before it. */
export function isRuleNew({operations, ruleId}: Plan): boolean {
	const before = replicationIn(operations)?.before;
	return before?.Rules.some(({ID: id, Status}) => id === ruleId && Status === 'Enabled') !== true;
}
