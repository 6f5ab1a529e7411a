import {applyCommand, undoCommandOf} from '../../../domain/answers/command-line.js';
import {bucketOfArn} from '../../../domain/arn.js';
import type {Cause} from '../../../domain/event.js';
import type {ObservedReplication} from '../../../domain/observed/observed-replication.js';
import {putReplication} from '../../../domain/operations/put-replication.js';
import {answersOfRun} from '../../../domain/record/resumable.js';
import type {RunRecord} from '../../../domain/record/run-record.js';
import type {ReplicationRule} from '../../../domain/rule/replication-configuration.js';
import {filterOf, filterText} from '../../../domain/rule/rule-filter.js';
import {ruleName} from '../../../domain/rule/rule-name.js';
import {utcText} from '../../../domain/text/utc-text.js';
import {causeOf} from '../../watch/cause-of.js';

/** A rule that a run has put, and that its bucket no longer has. */
type LostRule = {readonly record: RunRecord; readonly rule: ReplicationRule};

/**
 * What is told of rules that runs of this machine have put, and that are gone: PutBucketReplication replaces all rules, those that whoever
 * calls it does not know of as well. Nobody here can know whether that was meant. Pure.
 *
 * @param records those of the place where calls go now, newest first
 */
export function lostRuleCauses(
	records: readonly RunRecord[],
	{source, replication}: Pick<ObservedReplication, 'source' | 'replication'>,
	endpointUrl: string | null,
): readonly Cause[] {
	const now = replication?.Rules ?? [];
	const {bucket} = source;
	const has = now.length === 0 ? 'no rules' : `other rules: ${now.map(ruleName).join(', ')}`;
	return lostRules(records, source, now).map(({record, rule}) => {
		const {runId, at} = record.header;
		return causeOf(rule, {
			reason: 'rule-replaced',
			certainty: 'possible',
			headline: `Rule ${ruleName(rule)} is no longer there`,
			evidence: `Run ${runId} put it on ${utcText(at)}, and ${bucket} has ${has}. PutBucketReplication replaces all rules.`,
			mend: `Set it up again: ${applyCommand(answersOfRun(record), endpointUrl)}. Or undo the rest of the run: ${undoCommandOf(runId, endpointUrl)}`,
			mendKind: 'advice',
		});
	});
}

/**
 * The rules of a bucket that runs have put, nobody has undone, and are gone. One that takes the same to the same destination under another
 * name is there.
 *
 * @param records newest first; of a rule that several put, the newest tells
 * @param now the rules that the bucket has
 */
function lostRules(
	records: readonly RunRecord[],
	{bucket, accountId}: {readonly bucket: string; readonly accountId: string},
	now: readonly ReplicationRule[],
): readonly LostRule[] {
	const there = new Set(now.flatMap((rule) => [rule.ID, meaningOf(rule)]));
	const found = new Map<string, LostRule>();
	for (const record of records) {
		// A watch changes the rules of others, for a while.
		if (record.header.mode === undefined) continue;
		for (const step of record.steps) {
			if (step.kind !== 'operation' || step.operation.kind !== putReplication.kind) continue;
			const {target, account, ruleId, after} = step.operation;
			const isOpen = step.undo === 'open' && step.outcome === 'done';
			if (!isOpen || target !== bucket || account !== accountId || found.has(ruleId)) continue;
			const rule = after.Rules.find(({ID: id}) => id === ruleId);
			if (rule && !there.has(ruleId) && !there.has(meaningOf(rule))) found.set(ruleId, {record, rule});
		}
	}

	return [...found.values()];
}

/** What a rule takes, and where to: no ID has a line break. */
function meaningOf(rule: ReplicationRule): string {
	return `${filterText(filterOf(rule))}\n${bucketOfArn(rule.Destination.Bucket)}`;
}
