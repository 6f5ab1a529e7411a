import {prefixRemark} from '../answers/rule-values.js';
import type {ReplicationRule} from '../rule/replication-configuration.js';
import {ruleName} from '../rule/rule-name.js';
import {optionsIn} from '../rule/rule-options.js';

/**
 * What is worth knowing of the enabled rules of a bucket, and is no fault of them. Pure.
 *
 * @param unusedPrefixes those of its rules that no object has now
 */
export function ruleRemarks(
	rules: readonly ReplicationRule[],
	unusedPrefixes: readonly string[],
): readonly string[] {
	const unmetered = rules.filter((rule) => rule.Status === 'Enabled' && optionsIn(rule).metrics !== true);
	return [
		...unusedPrefixes
			// Of one that can hardly match the rule says so itself.
			.filter((prefix) => prefixRemark(prefix) === undefined)
			.map((prefix) => `No object begins with “${prefix}” now. Capitals count.`),
		...(unmetered.length > 0 ? [metricsOffText(unmetered.map(ruleName))] : []),
	];
}

/**
 * What nobody can see of rules without metrics, as a remark: they replicate all the same. Source: S3 User Guide, "Monitoring replication with
 * metrics, event notifications, and statuses" (without metrics no pending operations, and no events of failures).
 */
function metricsOffText(rules: readonly string[]): string {
	const [name, one] = rules.length === 1 ? ['Rule', 'it'] : ['Rules', 'them'];
	const verb = rules.length === 1 ? 'has' : 'have';
	return `${name} ${rules.join(', ')} ${verb} no metrics. Neither the console nor CloudWatch shows pending operations. S3 sends no failure events of ${one} either.`;
}
