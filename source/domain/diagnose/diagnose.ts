import type {ObservedReplication} from '../observed/observed-replication.js';
import type {ReplicationRule} from '../rule/replication-configuration.js';
import {caseOf} from './case.js';
import type {DiagnosedObject} from './diagnosed-object.js';
import {type Finding, isWrong, type PlacedFinding, places} from './finding.js';
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
	// What has arrived needs no cause.
	if (object?.status === 'COMPLETED') return [];
	const one = caseOf(observed, rule, object);
	const found = Object.values(reasonTable)
		.flatMap(({recognise}) => recognise?.(one) ?? [])
		.sort((left, right) => left.place - right.place);
	// What no rule takes meets nothing further on.
	const [leftOut] = found.filter(
		(finding) => finding.place === places.rule && finding.certainty === 'certain',
	);
	const met =
		object && leftOut
			? found.filter(({place, certainty}) => place === places.rule && certainty === 'certain')
			: found;
	const told = changedSince(met, object);
	return [...told.filter(isWrong), ...told.filter((finding) => !isWrong(finding))].map(withoutPlace);
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
