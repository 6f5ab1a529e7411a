import type {MergedRules} from './merge-rule.js';
import {fixable, type Problem} from '../problem.js';
import type {ReplicationRequest} from '../answers/request.js';
import {filterText} from './rule-filter.js';
import {ruleText} from './rule-meaning.js';
import {wantedFilter} from './wanted-rule.js';

/** Why the rule wanted cannot stand beside the others, and what a person can decide. */
export function mergeProblem(
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
