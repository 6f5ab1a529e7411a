import type {ObservedReplication} from '../observed/observed-replication.js';
import type {ReplicationRule} from '../rule/replication-configuration.js';
import {diagnose} from './diagnose.js';
import type {DiagnosedObject} from './diagnosed-object.js';
import {type Finding, isWrong} from './finding.js';
import {ofTakers} from './of-takers.js';
import {isOfS3, type ReasonCode} from './reason-codes.js';

/** What a rule says of one object of a sample. */
export type SampledFinding = {
	readonly rule: ReplicationRule;
	readonly finding: Finding;
	readonly object: DiagnosedObject;
};

/** What a few objects tell of the rules of their bucket. */
export type JudgedSample = {
	readonly looked: number;
	/** How many a job of Batch Replication would copy. */
	readonly left: number;
	/** How many of these failed. */
	readonly failed: number;
	readonly replicas: number;
	/** What stands in the way of some of them: a reason and rule once. */
	readonly findings: readonly SampledFinding[];
};

/** Reasons for which S3 leaves an object out that somebody may not have meant. */
const unmeant: ReadonlySet<ReasonCode> = new Set<ReasonCode>(['kms-not-replicated']);

/** Objects from before their rule, or from before versioning: a job copies them. */
const older: ReadonlySet<ReasonCode> = new Set<ReasonCode>(['written-before-rule', 'null-version']);

/**
 * Why objects that are there were not copied, each judged by every enabled rule. Pure.
 *
 * @param objects with their status, and tags where rules ask for some
 */
export function judgeSample(
	observed: ObservedReplication,
	objects: readonly DiagnosedObject[],
): JudgedSample {
	const rules = (observed.replication?.Rules ?? []).filter(({Status}) => Status === 'Enabled');
	const judged = objects.map((object) => ({
		object,
		taking: ofTakers(rules.map((rule) => ({rule, findings: diagnose(observed, rule, object)}))),
	}));
	const isOlder = ({taking}: (typeof judged)[number]) =>
		taking.some(({findings: [first]}) => first !== undefined && older.has(first.reason));
	const findings = judged.flatMap(({object, taking}) =>
		taking.flatMap(({rule, findings: all}) =>
			all
				.filter(
					(one) =>
						isWrong(one) && (object.status === 'FAILED' ? isOfS3(one.reason) : unmeant.has(one.reason)),
				)
				.map((finding): SampledFinding => ({rule, finding, object})),
		),
	);
	const failed = objects.filter(({status}) => status === 'FAILED').length;
	return {
		looked: objects.length,
		left: failed + judged.filter((one) => one.object.status === null && isOlder(one)).length,
		failed,
		replicas: objects.filter(({status}) => status === 'REPLICA').length,
		findings: [
			...new Map(findings.map((one) => [JSON.stringify([one.rule, one.finding.reason]), one])).values(),
		],
	};
}
