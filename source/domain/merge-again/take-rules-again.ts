import type {ReplicationConfiguration} from '../rule/replication-configuration.js';
import {takeBackRules} from '../take-back/take-back-rules.js';
import type {MergedAgain, PlannedWrite} from './planned-write.js';

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
