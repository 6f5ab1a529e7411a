import type {ReplicationRequest} from '../answers/request.js';
import {tagOf} from '../answers/rule-values.js';
import type {RuleFilter} from './rule-filter.js';
import type {WantedRule} from './rule-meaning.js';
import {ruleOptionsIn} from './rule-options.js';

type FoundKey = {readonly state: string; readonly key?: {readonly arn: string}};

/** Whose calls they are on both sides, of all that was observed. */
type Callers = {
	readonly source: {readonly caller: {readonly accountId: string; readonly partition: string}};
	readonly destination: {
		readonly caller: {readonly accountId: string};
		/** The key asked for, as far as it was found. */
		readonly key?: FoundKey;
	};
};

/** What the rule of a run takes. */
export function wantedFilter({rule: {prefix = '', tags = []} = {}}: ReplicationRequest): RuleFilter {
	return {prefix, tags: tags.map(tagOf)};
}

/** The rule that a run is about. */
export function wantedRule(request: ReplicationRequest, {source, destination}: Callers): WantedRule {
	const {prefix: _prefix, tags: _tags, priority, ...options} = request.rule ?? {};
	return {
		id: request.ruleId,
		isNameFree: request.isRuleNameFree,
		partition: source.caller.partition,
		destinationBucket: request.destination.bucket,
		sourceAccountId: source.caller.accountId,
		destinationAccountId: request.mode === 'cross-account' ? destination.caller.accountId : undefined,
		filter: wantedFilter(request),
		priority,
		options: {...ruleOptionsIn(options), ...keyOf(destination.key)},
	};
}

/** The key's own ARN in the place of what it was asked for by: an alias in a rule could lead to another key tomorrow. */
function keyOf(found: FoundKey | undefined): {readonly kmsKey?: string} {
	return found?.key ? {kmsKey: found.key.arn} : {};
}
