import {answerTable} from '../answers/answer-table.js';
import type {ReplicationRequest} from '../answers/request.js';
import type {Observed} from '../observed/observed.js';
import type {Problem} from '../problem.js';
import {chooseRole} from '../role/choose-role.js';
import {blockedProblem, blockedRules, blockedText, withDisabled} from '../rule/blocked-rules.js';
import {mergeProblem} from '../rule/merge-problem.js';
import {type MergedRules, mergeRule} from '../rule/merge-rule.js';
import {wantedRule} from '../rule/wanted-rule.js';

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
								value: withDisabled(replication, blocked),
								consent: 'disablesBlockedRules',
							},
						]
					: [],
			},
		};
	}

	return {
		...merged,
		configuration: withDisabled(configuration, blocked),
		notes: [...notes, ...blocked.map((one) => `${blockedText(one)}, and it is disabled (--${flag})`)],
	};
}
