import {filterOf, type RuleFilter} from '../rule/rule-filter.js';
import {replicationIn} from '../operations/put-replication.js';
import type {Plan} from '../plan/plan.js';
import {optionsIn} from '../rule/rule-options.js';
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
	/** How many of these failed. */
	readonly failed?: number;
	/** How many of those looked at are replicas of another bucket's. */
	readonly replicas?: number;
	/** Whether there are more than were looked at. */
	readonly isMore: boolean;
	/** The command that copies them. */
	readonly command: string;
	/** Whether the rule takes only those of them that have its tags: a listing shows none. */
	readonly hasTags?: boolean;
	/** How many of `sampled` objects use SSE-KMS while the rule leaves such objects out: a job copies none of these. */
	readonly leftOut?: number;
	/** How many objects were asked for their encryption. */
	readonly sampled?: number;
	/** Whether something is wrong that keeps rules from replicating: a job fails for the same. */
	readonly isBlocked?: boolean;
};

/** What is said of them; nothing where there are none. */
export function existingText({
	command,
	kind,
	looked,
	left,
	failed = 0,
	replicas = 0,
	isMore,
	hasTags,
	leftOut = 0,
	sampled = looked,
	isBlocked = false,
}: ExistingObjects): string | undefined {
	const isOne = left === 1 && !isMore;
	const copy = `opy ${isOne ? 'it' : 'them'}: ${command}`;
	const how = isBlocked
		? `Fix what is wrong first, then c${copy}`
		: leftOut > 0
			? `Name a key in the rule first (--kms-key), then c${copy}`
			: `C${copy}`;
	const encrypted =
		leftOut > 0
			? [
					`${leftOut} of ${sampled} sampled ${sampled === 1 ? 'object' : 'objects'} ${leftOut === 1 ? 'uses' : 'use'} SSE-KMS: the rule leaves ${leftOut === 1 ? 'it' : 'them'} out.`,
				]
			: [];
	if (kind === 'sampled') {
		const of = `of ${looked} sampled ${looked === 1 ? 'object' : 'objects'}`;
		const none = left - failed;
		const said = [
			...(none > 0
				? [`${none} ${of} ${none === 1 ? 'is' : 'are'} not copied: S3 leaves ${isOne ? 'it' : 'them'} alone.`]
				: []),
			...(failed > 0 ? [`${failed} ${of} FAILED: S3 does not try again.`] : []),
			...encrypted,
			// In a bucket of both ways that is as it should be.
			...(replicas > 0 && replicas === looked
				? [`Every sampled object is a replica itself: S3 copies no replicas further.`]
				: []),
		];
		return said.length === 0 ? undefined : `${said.join(' ')} ${left > 0 ? how : `Batch does: ${command}`}`;
	}

	if (left === 0) return undefined;
	const count = isMore ? `More than ${countText(left)}` : countText(left);
	const which = hasTags ? ' with the rule’s tags or without' : '';
	const there = `${count} ${isOne ? 'object exists' : 'objects exist'} already${which}: S3 leaves ${isOne ? 'it' : 'them'} alone.`;
	return [there, ...encrypted, how].join(' ');
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

/** What the rule of a plan takes, and whether that is SSE-KMS objects, too; `undefined`: the plan has no rule of its own. */
export function takenByPlan({
	operations,
	ruleId,
}: Plan): {readonly filter: RuleFilter; readonly takesKms: boolean} | undefined {
	const rule = replicationIn(operations)?.after.Rules.find(({ID: id}) => id === ruleId);
	return rule && {filter: filterOf(rule), takesKms: optionsIn(rule).kmsKey !== undefined};
}

/** Whether the rule of a plan is new: what exists already was written before it. */
export function isRuleNew({operations, ruleId}: Plan): boolean {
	const before = replicationIn(operations)?.before;
	return before?.Rules.some(({ID: id, Status}) => id === ruleId && Status === 'Enabled') !== true;
}
