import {replicationIn} from '../operations/put-replication.js';
import type {Operation} from '../operations/registry.js';
import type {Change} from '../take-back/operation.js';
import {destinationOf} from '../arn.js';
import type {ReplicationRule} from '../rule/replication-configuration.js';
import {isSameRule, ruleText} from '../rule/rule-meaning.js';
import {optionsIn, optionTexts} from '../rule/rule-options.js';
import {changeMark} from './plan-text.js';

/** A rule as it stands when a plan is done. */
type RuleAfter = {
	/** The source bucket, whose rule it is. */
	readonly bucket: string;
	/** `null`: nobody named it. */
	readonly id: string | null;
	/** What becomes of it. */
	readonly change: Change;
	readonly enabled: boolean;
	readonly destinationBucket: string;
	/** What it replicates, where to and how, in words. */
	readonly does: string;
};

/** All rules of a bucket when an operation is done, others' among them; none of an operation that is about no rules. Pure. */
export function rulesAfter(operation: Operation): readonly RuleAfter[] {
	const replication = replicationIn([operation]);
	if (replication === undefined) return [];
	const {target: bucket, before, after} = replication;
	const earlier = before?.Rules ?? [];
	const lines = after.Rules.map((rule): RuleAfter => {
		const old = earlier.find(({ID: id}) => id === rule.ID);
		return aboutRule(bucket, rule, old === undefined ? 'create' : isSameRule(old, rule) ? 'keep' : 'update');
	});
	const gone = earlier.filter(({ID: id}) => after.Rules.every((rule) => rule.ID !== id));
	return [...lines, ...gone.map((rule) => aboutRule(bucket, rule, 'delete'))];
}

/** The same as lines for people, where there is more than the one rule. */
export function ruleLines(operation: Operation): readonly string[] {
	const rules = rulesAfter(operation);
	if (rules.length < 2) return [];
	return [
		`All rules of ${operation.target}:`,
		...rules.map(({change, id, does}) => `  ${changeMark(change)} ${id ?? '(no name)'}: ${does}`),
	];
}

function aboutRule(bucket: string, rule: ReplicationRule, change: Change): RuleAfter {
	return {
		bucket,
		id: rule.ID ?? null,
		change,
		enabled: rule.Status === 'Enabled',
		destinationBucket: destinationOf(rule),
		does: [ruleText(rule), ...optionTexts(optionsIn(rule))].join('; '),
	};
}
