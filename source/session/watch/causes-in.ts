import {destinationOf} from '../../domain/arn.js';
import {diagnose} from '../../domain/diagnose/diagnose.js';
import type {DiagnosedObject} from '../../domain/diagnose/diagnosed-object.js';
import {type Finding, isWrong} from '../../domain/diagnose/finding.js';
import {ofMatchingRules} from '../../domain/diagnose/of-matching-rules.js';
import type {Cause} from '../../domain/event.js';
import type {ObservedReplication} from '../../domain/observed/observed-replication.js';
import type {ReplicationRule} from '../../domain/rule/replication-configuration.js';
import {causeOf} from './cause-of.js';

/** A file that does not arrive, as far as the watch knows it. */
export type FailedSample = Omit<DiagnosedObject, 'status'> & {
	readonly status?: 'FAILED' | 'PENDING' | null;
	/** Where it failed; `null`: not known, or everywhere. */
	readonly destination: string | null;
};

/** A cause, and the rule whose plan mends it, where one does. */
export type FoundCause = {readonly cause: Cause; readonly mends?: ReplicationRule};

/**
 * What stands in the way of the files of a watch, what is certain first: of the rules that take them, or that no rule does. Pure.
 *
 * @param buckets the destinations that are watched
 * @param samples files that do not arrive, one of a kind; none: any that the rules take
 * @param before the rules that there were when the watch began: those that are gone can be set up again
 */
export function causesIn(
	observed: ObservedReplication,
	buckets: readonly string[],
	samples: readonly FailedSample[],
	before: readonly ReplicationRule[] = [],
): readonly FoundCause[] {
	const rules = observed.replication?.Rules ?? [];
	const lostRule = (bucket?: string): Pick<FoundCause, 'mends'> => {
		const mends = before.find((rule) => bucket === undefined || destinationOf(rule) === bucket);
		return mends ? {mends} : {};
	};
	if (rules.length === 0) return [{cause: noRules(observed), ...lostRule()}];
	const named = new Set(rules.map(destinationOf));
	const lost = buckets
		.filter((bucket) => !named.has(bucket))
		.map((bucket): FoundCause => ({cause: noRuleTo(bucket, observed), ...lostRule(bucket)}));
	const watched = rules.filter((rule) => buckets.includes(destinationOf(rule)));
	const found =
		samples.length === 0
			? watched.flatMap((rule) => diagnose(observed, rule).map((finding) => foundOf(rule, finding)))
			: samples.flatMap((sample) => causesOfSample(observed, watched, sample));
	const all = distinct([...lost, ...found]);
	return [...all.filter(({cause}) => isWrong(cause)), ...all.filter(({cause}) => !isWrong(cause))];
}

function foundOf(rule: ReplicationRule, finding: Finding, object?: DiagnosedObject): FoundCause {
	const cause = causeOf(rule, finding, object);
	return finding.mendKind === 'plan' && isWrong(finding) ? {cause, mends: rule} : {cause};
}

function causesOfSample(
	observed: ObservedReplication,
	rules: readonly ReplicationRule[],
	{destination, ...object}: FailedSample,
): readonly FoundCause[] {
	const asked = rules.filter((rule) => destination === null || destinationOf(rule) === destination);
	const found = asked.map((rule) => ({rule, findings: diagnose(observed, rule, object)}));
	return ofMatchingRules(found).flatMap(({rule, findings}) => {
		const ofAny = new Set(diagnose(observed, rule).map(({reason}) => reason));
		return findings.map((finding) => foundOf(rule, finding, ofAny.has(finding.reason) ? undefined : object));
	});
}

const nothing = {ruleId: null, key: null, versionId: null, document: null, fix: null} as const;

function noRules({source: {bucket}}: ObservedReplication): Cause {
	return {
		...nothing,
		destination: null,
		reason: 'SrcBucketReplicationConfigMissing',
		certainty: 'certain',
		headline: `${bucket} has no replication rule`,
		evidence: `GetBucketReplication of ${bucket} says ReplicationConfigurationNotFoundError.`,
		mend: 'Set up the rule again, then send the files again: S3 replicates what is written after it.',
	};
}

function noRuleTo(destination: string, {source: {bucket}, replication}: ObservedReplication): Cause {
	const left = (replication?.Rules ?? []).map(
		(rule) => `${rule.ID ?? 'one without a name'} to ${destinationOf(rule)}`,
	);
	return {
		...nothing,
		destination,
		reason: 'rule-changed-since',
		certainty: 'certain',
		headline: `No rule replicates to ${destination}`,
		evidence: `The rules of ${bucket} are ${left.join(', ')}.`,
		mend: `Set up the rule to ${destination} again, then send the files again: S3 replicates what is written after it.`,
	};
}

function distinct(causes: readonly FoundCause[]): readonly FoundCause[] {
	const byName = new Map(
		causes.map((found) => {
			const {ruleId, destination, reason, evidence} = found.cause;
			return [JSON.stringify([ruleId, destination, reason, evidence]), found];
		}),
	);
	return [...byName.values()];
}
