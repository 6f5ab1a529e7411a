import type {ReplicationRequest} from '../answers/request.js';
import {tagOf} from '../answers/rule-values.js';
import type {WantedRule} from './rule-meaning.js';
import {ruleOptionsIn} from './rule-options.js';

/** Whose calls they are on both sides, of all that was observed. */
type Callers = {
	readonly source: {readonly caller: {readonly accountId: string; readonly partition: string}};
	readonly destination: {readonly caller: {readonly accountId: string}};
};

/** The rule that a run is about. */
export function wantedRule(request: ReplicationRequest, {source, destination}: Callers): WantedRule {
	const {rule = {}} = request;
	return {
		id: request.ruleId,
		isNameFree: request.isRuleNameFree,
		partition: source.caller.partition,
		destinationBucket: request.destination.bucket,
		sourceAccountId: source.caller.accountId,
		destinationAccountId: request.mode === 'cross-account' ? destination.caller.accountId : undefined,
		filter: {prefix: rule.prefix ?? '', tags: (rule.tags ?? []).map(tagOf)},
		priority: rule.priority,
		options: ruleOptionsIn(rule),
	};
}
