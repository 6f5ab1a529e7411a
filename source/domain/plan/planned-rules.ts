import {answerTable} from '../answers/answer-table.js';
import type {ReplicationRequest} from '../answers/request.js';
import type {Observed} from '../observed/observed.js';
import {fixable, type Problem} from '../problem.js';
import {chooseRole} from '../role/choose-role.js';
import {blockedProblem, blockedRules, blockedText, withDisabled} from '../rule/blocked-rules.js';
import {type MergedRules, mergeRule} from '../rule/merge-rule.js';
import {wantedFilter, wantedRule} from '../rule/wanted-rule.js';
import {filterText} from '../rule/rule-filter.js';
import {ruleText} from '../rule/rule-meaning.js';

type PlannedRules =
	| Extract<MergedRules, {readonly ok: true}>
	| {readonly ok: false; readonly problem: Problem};

/**
 * The rules of the source as a plan writes them. Where other rules make S3 refuse that, they are disabled if a person asked for it by
 * its option; else it is a problem, before anything is written. Nothing is disabled where no rule has to be written. Pure.
 */
export function plannedRules(request: ReplicationRequest, observed: Observed): PlannedRules {
	const {replication, otherDestinations = []} = observed.source;
	const merged = mergeRule(replication, chooseRole(request, observed).arn, wantedRule(request, observed));
	if (!merged.ok) return {ok: false, problem: mergeProblem(request, merged)};
	const {configuration, notes} = merged;
	const blocked = configuration === replication ? [] : blockedRules(configuration, otherDestinations);
	if (blocked.length === 0) return merged;
	const rules = blocked.map(({rule}) => rule);
	const {flag} = answerTable.disablesBlockedRules;
	if (!request.disablesBlockedRules) {
		const them = blocked.length === 1 ? 'that rule' : 'those rules';
		return {
			ok: false,
			problem: {
				...blockedProblem(request.source.bucket, blocked, [
					`Add --${flag}: the plan disables ${them}, shows it, and an undo enables ${them} again.`,
				]),
				documents: replication
					? [
							{
								title: `The rules of ${request.source.bucket} with ${them} disabled`,
								before: replication,
								value: withDisabled(replication, rules),
								consent: 'disablesBlockedRules',
							},
						]
					: [],
			},
		};
	}

	return {
		...merged,
		configuration: withDisabled(configuration, rules),
		notes: [...notes, ...blocked.map((one) => `${blockedText(one)}, and it is disabled (--${flag})`)],
	};
}

/** Why the rule wanted cannot stand beside the others, and what a person can decide. */
function mergeProblem(
	request: ReplicationRequest,
	merged: Extract<MergedRules, {readonly ok: false}>,
): Problem {
	const {source, destination, ruleId} = request;
	if (merged.why === 'full') {
		return fixable(
			'too-many-rules',
			`Cannot add a rule to ${source.bucket}: it has 1,000`,
			'A replication configuration has at most 1,000 rules.',
			['Remove rules that nobody needs.', 'Choose another source bucket.'],
		);
	}

	if (merged.why === 'priority') {
		return fixable(
			'priority-taken',
			`Cannot use priority ${merged.rule.Priority ?? ''}: another rule has it`,
			`Each rule of a bucket has a priority of its own. Rule ${merged.rule.ID ?? ''} replicates ${ruleText(merged.rule)}.`,
			[
				`Give a free one: --priority ${merged.freePriority}.`,
				'Leave --priority out: the rule goes below the others.',
			],
		);
	}

	return fixable(
		'rule-taken',
		`Cannot use the rule name ${ruleId}: it is taken`,
		`That rule replicates ${ruleText(merged.rule)}; this one would replicate ${filterText(wantedFilter(request))} to ${destination.bucket}. Nothing of others is written over.`,
		[
			`Give the new rule a name that is free: --rule-id ${merged.freeId}. Both rules are there then.`,
			`If nobody needs that rule, delete it, and run this again.`,
		],
	);
}
