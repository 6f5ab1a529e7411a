import {bucketOfArn, partitionOfArn} from '../arn.js';
import {mergeRule} from '../rule/merge-rule.js';
import {disabledRules, withDisabled} from '../rule/blocked-rules.js';
import type {ReplicationConfiguration} from '../rule/replication-configuration.js';
import {filterOf} from '../rule/rule-filter.js';
import {optionsIn} from '../rule/rule-options.js';
import {isSameValue} from '../same-value.js';
import type {MergedAgain, PlannedWrite} from './planned-write.js';
import {takeBackRules} from '../take-back/take-back-rules.js';

/**
 * The rule that a plan adds to a configuration, added to the configuration that is there by now. A person has to decide where that would
 * be another change than the one that was shown: another role for rules of others, a name that is taken, a rule changed that the plan
 * leaves alone.
 */
export function addRuleAgain(
	now: ReplicationConfiguration | undefined,
	{before, after}: PlannedWrite<ReplicationConfiguration>,
	{ruleId, sourceAccountId}: {readonly ruleId: string; readonly sourceAccountId: string},
): MergedAgain<ReplicationConfiguration> {
	const rule = after?.Rules.find(({ID: id}) => id === ruleId);
	if (!now || !after || !rule || now.Role !== after.Role) return undefined;
	const {Bucket: arn, Account: destinationAccountId} = rule.Destination;
	const merged = mergeRule(now, after.Role, {
		id: ruleId,
		partition: partitionOfArn(arn),
		destinationBucket: bucketOfArn(arn),
		destinationAccountId,
		sourceAccountId,
		filter: filterOf(rule),
		options: optionsIn(rule),
	});
	if (!merged.ok) return undefined;
	// The other rules that the plan disables are disabled again.
	const configuration = withDisabled(merged.configuration, disabledRules(before, after));
	const isAsShown = now.Rules.every(({ID: id}) => {
		const ruleIn = (document: ReplicationConfiguration | undefined): unknown =>
			document?.Rules.find((one) => one.ID === id);
		const [was, becomes] = [ruleIn(now), ruleIn(configuration)];
		if (isSameValue(was, becomes)) return true;
		return isSameValue(was, ruleIn(before)) && isSameValue(becomes, ruleIn(after));
	});
	return isAsShown ? {document: configuration} : undefined;
}

/**
 * The rules that an undo takes out of a configuration, taken out of the configuration that is there by now: what somebody added stays.
 * Where somebody changed one of them, a person has to decide.
 */
export function takeRulesAgain(
	now: ReplicationConfiguration | undefined,
	{before, after}: PlannedWrite<ReplicationConfiguration>,
): MergedAgain<ReplicationConfiguration> {
	if (!now || !before) return {document: now};
	const {configuration, stay} = takeBackRules(now, {before: after, after: before});
	return stay.length > 0 ? undefined : {document: configuration};
}
