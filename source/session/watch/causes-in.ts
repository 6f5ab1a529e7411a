import {bucketOfArn} from '../../domain/arn.js';
import {diagnose} from '../../domain/diagnose/diagnose.js';
import type {DiagnosedObject} from '../../domain/diagnose/diagnosed-object.js';
import {isWrong} from '../../domain/diagnose/finding.js';
import {ofTakers} from '../../domain/diagnose/of-takers.js';
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

/**
 * What stands in the way of the files of a watch, what is certain first: of the rules that take them, or that no rule does. Pure.
 *
 * @param buckets the destinations that are watched
 * @param samples files that do not arrive, one of a kind; none: any that the rules take
 */
export function causesIn(
	observed: ObservedReplication,
	buckets: readonly string[],
	samples: readonly FailedSample[],
): readonly Cause[] {
	const rules = observed.replication?.Rules ?? [];
	if (rules.length === 0) return [noRules(observed)];
	const named = new Set(rules.map(destinationOf));
	const lost = buckets.filter((bucket) => !named.has(bucket)).map((bucket) => noRuleTo(bucket, observed));
	const watched = rules.filter((rule) => buckets.includes(destinationOf(rule)));
	const found =
		samples.length === 0
			? watched.flatMap((rule) => diagnose(observed, rule).map((finding) => causeOf(rule, finding)))
			: samples.flatMap((sample) => causesOfSample(observed, watched, sample));
	const all = distinct([...lost, ...found]);
	return [...all.filter(isWrong), ...all.filter((cause) => !isWrong(cause))];
}

function causesOfSample(
	observed: ObservedReplication,
	rules: readonly ReplicationRule[],
	{destination, ...object}: FailedSample,
): readonly Cause[] {
	const asked = rules.filter((rule) => destination === null || destinationOf(rule) === destination);
	const found = asked.map((rule) => ({rule, findings: diagnose(observed, rule, object)}));
	return ofTakers(found).flatMap(({rule, findings}) => {
		const ofAny = new Set(diagnose(observed, rule).map(({reason}) => reason));
		return findings.map((finding) => causeOf(rule, finding, ofAny.has(finding.reason) ? undefined : object));
	});
}

const destinationOf = (rule: ReplicationRule): string => bucketOfArn(rule.Destination.Bucket);

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

function distinct(causes: readonly Cause[]): readonly Cause[] {
	const byName = new Map(
		causes.map((cause) => [
			JSON.stringify([cause.ruleId, cause.destination, cause.reason, cause.evidence]),
			cause,
		]),
	);
	return [...byName.values()];
}
