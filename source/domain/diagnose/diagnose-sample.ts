import type {ObservedReplication} from '../observed/observed-replication.js';
import type {ReplicationRule} from '../rule/replication-configuration.js';
import {diagnose} from './diagnose.js';
import type {DiagnosedObject} from './diagnosed-object.js';
import {type Finding, isWrong} from './finding.js';
import {ofMatchingRules} from './of-matching-rules.js';
import {isOfS3, type ReasonCode} from './reason-codes.js';

/** What a rule says of one object of a sample. */
export type SampledFinding = {
	readonly rule: ReplicationRule;
	readonly finding: Finding;
	readonly object: DiagnosedObject;
};

/** What a few objects tell of the rules of their bucket. */
export type SampleDiagnosis = {
	readonly looked: number;
	/** How many a job of Batch Replication would copy. */
	readonly left: number;
	/** How many of these failed. */
	readonly failed: number;
	readonly replicas: number;
	/** How many use SSE-KMS, and no rule takes them for that: a job copies none of these. */
	readonly leftOut: number;
	/** What stands in the way of some of them: a reason and rule once. */
	readonly findings: readonly SampledFinding[];
};

/** Reasons for which S3 leaves an object out that somebody may not have meant. */
const unmeant: ReadonlySet<ReasonCode> = new Set<ReasonCode>(['kms-not-replicated']);

/** Rules that are about other objects leave out none that somebody misses. */
const ofOthers: ReadonlySet<ReasonCode> = new Set<ReasonCode>(['other-prefix', 'other-tags']);

/** Objects from before their rule, or from before versioning: a job copies them. */
const older: ReadonlySet<ReasonCode> = new Set<ReasonCode>(['written-before-rule', 'null-version']);

/**
 * Why objects that are there were not copied, each diagnosed for every enabled rule. Pure.
 *
 * @param objects with their status, and tags where rules ask for some
 */
export function diagnoseSample(
	observed: ObservedReplication,
	objects: readonly DiagnosedObject[],
): SampleDiagnosis {
	const rules = (observed.replication?.Rules ?? []).filter(({Status}) => Status === 'Enabled');
	const diagnosed = objects.map((object) => ({
		object,
		matching: ofMatchingRules(rules.map((rule) => ({rule, findings: diagnose(observed, rule, object)}))),
	}));
	const isOlder = ({matching}: (typeof diagnosed)[number]) =>
		matching.some(({findings: [first]}) => first !== undefined && older.has(first.reason));
	const isLeftOut = ({reason}: Finding, all: readonly Finding[]) =>
		unmeant.has(reason) && !all.some((one) => ofOthers.has(one.reason));
	const findings = diagnosed.flatMap(({object, matching}) =>
		matching.flatMap(({rule, findings: all}) =>
			all
				.filter((one) => {
					// Nobody here knows more of it than whose it may be.
					if (object.isRefused) return one.reason === 'SrcGetAclNotPermitted';
					return isWrong(one) && (object.status === 'FAILED' ? isOfS3(one.reason) : isLeftOut(one, all));
				})
				.map((finding): SampledFinding => ({rule, finding, object})),
		),
	);
	const failed = objects.filter(({status}) => status === 'FAILED').length;
	return {
		looked: objects.length,
		left: failed + diagnosed.filter((one) => one.object.status === null && isOlder(one)).length,
		failed,
		leftOut: diagnosed.filter(
			({matching, object: {status}}) =>
				(status === null || status === 'FAILED') &&
				matching.some(({findings: all}) => all.some((one) => isLeftOut(one, all))),
		).length,
		replicas: objects.filter(({status}) => status === 'REPLICA').length,
		findings: [
			...new Map(findings.map((one) => [JSON.stringify([one.rule, one.finding.reason]), one])).values(),
		],
	};
}
