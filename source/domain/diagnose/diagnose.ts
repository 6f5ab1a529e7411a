import type {ObservedReplication} from '../observed/observed-replication.js';
import type {ReplicationRule} from '../rule/replication-configuration.js';
import {type Case, caseOf} from './case.js';
import type {DiagnosedObject} from './diagnosed-object.js';
import {type Finding, isWrong, type PlacedFinding, places} from './finding.js';
import {isOfS3, type ReasonCode} from './reason-codes.js';
import {reasonTable} from './reason-table.js';

/**
 * Why a rule does not replicate, or, with an object, why that one was not: everything that is wrong, in the order in which S3 meets it, so
 * that mending the first helps; then what is only possible. Empty where nothing is found. Pure.
 *
 * @param observed what there is in AWS
 * @param rule one of its rules
 * @param object a version at the source; absent: any object that the rule takes
 */
export function diagnose(
	observed: ObservedReplication,
	rule: ReplicationRule,
	object?: DiagnosedObject,
): readonly Finding[] {
	const one = caseOf(observed, rule, object);
	const found = Object.values(reasonTable)
		.flatMap(({recognise}) => recognise?.(one) ?? [])
		.sort((left, right) => left.place - right.place);
	// What no rule takes meets nothing further on.
	const [leftOut] = found.filter(
		({place, certainty, reason}) =>
			place === places.rule && certainty === 'certain' && !ofReplicas.has(reason),
	);
	// What has arrived needs no cause, unless it is gone since.
	if (object?.status === 'COMPLETED')
		return leftOut ? [] : found.filter(({reason}) => ofReplicas.has(reason)).map(withoutPlace);
	const met =
		object && leftOut
			? found.filter(({place, certainty}) => place === places.rule && certainty === 'certain')
			: found;
	const told = unexplained(one, changedSince(met, object));
	return [...told.filter(isWrong), ...told.filter((finding) => !isWrong(finding))].map(withoutPlace);
}

/** S3 has written the replica: what became of it since, and whose it is. */
const ofReplicas: ReadonlySet<ReasonCode> = new Set<ReasonCode>([
	'replica-missing',
	'replica-hidden',
	'replicas-of-source-account',
]);

/**
 * S3 says FAILED, and nothing is found that surely is wrong: then what may be wrong likely is. What nobody here reads, by the S3 User Guide
 * ("Troubleshooting replication", "Requirements and considerations for replication"): policies of organizations, and regions that an
 * account has not enabled.
 */
function unexplained(
	{object, destinationName, rule}: Case,
	found: readonly PlacedFinding[],
): readonly PlacedFinding[] {
	const there = object?.replicas?.[destinationName];
	if (object?.status !== 'FAILED' || found.some(isWrong) || rule.Status !== 'Enabled') return found;
	if (there === 'existing' || there === 'hidden') return found;
	const explains = ({reason, place}: PlacedFinding) => isOfS3(reason) && place < places.notRead;
	if (found.some((one) => explains(one) || one.place === places.rule))
		return found.map((one) => (explains(one) ? {...one, certainty: 'likely'} : one));
	const {means, mend} = reasonTable['no-cause-seen'] ?? {means: '', mend: ''};
	return [
		{
			reason: 'no-cause-seen',
			place: places.notRead,
			certainty: 'likely',
			headline: 'Nothing that was read explains FAILED',
			evidence: `${means} Nobody here reads policies of organizations (SCP, RCP), and grants of keys. The same goes for the regions that an account has enabled.`,
			mend: found.length === 0 ? mend : `Settle what is only possible first. ${mend}`,
			mendKind: 'advice',
		},
		...found,
	];
}

/** S3 took an object that no rule takes now: the rules have changed since. */
function changedSince(
	found: readonly PlacedFinding[],
	object: DiagnosedObject | undefined,
): readonly PlacedFinding[] {
	const leftOut = new Set(['other-prefix', 'delete-marker-not-replicated', 'kms-not-replicated']);
	const [first] = found.filter(({reason}) => leftOut.has(reason));
	if (!first || (object?.status !== 'PENDING' && object?.status !== 'FAILED')) return found;
	const {means, mend} = reasonTable['rule-changed-since'] ?? {means: '', mend: ''};
	return [
		{
			reason: 'rule-changed-since',
			place: places.rule,
			certainty: 'likely',
			headline: 'The rules have changed since',
			evidence: `${means} S3 says ${object.status}, and ${first.evidence}`,
			mend,
			mendKind: 'advice',
		},
		...found,
	];
}

function withoutPlace({place: _place, ...finding}: PlacedFinding): Finding {
	return finding;
}
