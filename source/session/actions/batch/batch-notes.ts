import {narrowedTo} from '../../../domain/batch/compare-current.js';
import type {WantedObjects} from '../../../domain/batch/plan-batch.js';
import type {DiagnosedObject} from '../../../domain/diagnose/diagnosed-object.js';
import {diagnoseSample} from '../../../domain/diagnose/diagnose-sample.js';
import type {ObservedReplication} from '../../../domain/observed/observed-replication.js';
import {fixable, type Problem} from '../../../domain/problem.js';
import {filterOf, type RuleFilter} from '../../../domain/rule/rule-filter.js';
import {notReplicated} from '../../../domain/bucket-problems.js';

/** What the enabled rules take of the keys that begin so. */
export function takenBy({replication}: ObservedReplication, prefix = ''): readonly RuleFilter[] {
	const enabled = (replication?.Rules ?? []).filter(({Status}) => Status === 'Enabled');
	return narrowedTo(enabled.map(filterOf), prefix);
}

/** Of very many causes so many are named; `diagnose` tells all. */
const maxCausesNamed = 4;

/** What a plan says of causes, so that a yes is given in spite of them. */
export function causesNote(causes: readonly string[], diagnoseCommand: string): string {
	const named = causes.slice(0, maxCausesNamed).join('; ');
	const more = causes.length > maxCausesNamed ? `; and ${causes.length - maxCausesNamed} more` : '';
	return `Objects fail because of: ${named}${more}. Mend it first: ${diagnoseCommand} --fix`;
}

/**
 * What a plan says of objects that its job would not copy, as a sample shows them: rules that leave SSE-KMS objects out leave them out of a
 * job, too. Source: S3 User Guide, "Replicating existing objects with Batch Replication" (only what rules take).
 */
export function leftOutNotes(
	observed: ObservedReplication,
	looked: readonly DiagnosedObject[],
	{statuses, manifest}: Pick<WantedObjects, 'statuses' | 'manifest'>,
	diagnoseCommand: string,
): readonly string[] {
	const isWanted = ({status}: DiagnosedObject) =>
		manifest !== undefined || statuses.some((one) => one === (status ?? 'NONE'));
	const {leftOut, looked: of} = diagnoseSample(observed, looked.filter(isWanted));
	if (leftOut === 0) return [];
	return [
		`${leftOut} of ${of} sampled ${of === 1 ? 'object uses' : leftOut === 1 ? 'objects uses' : 'objects use'} SSE-KMS, and no rule takes such objects. The job copies none of these. Name a key in the rule first (--kms-key); see how: ${diagnoseCommand}`,
	];
}

/** A source without an enabled rule. */
export function noRule(bucket: string): Problem {
	return notReplicated(
		`copy objects of ${bucket}: no rule is enabled`,
		'S3 Batch Replication copies what enabled rules take; the bucket has none.',
	);
}

/** A job that is not there. */
export function noJob(jobId: string, region: string): Problem {
	return fixable(
		'unknown-job',
		`Cannot find the job ${jobId}`,
		`The account has no job of this id in ${region}. AWS forgets jobs 90 days after their end.`,
		['Check the id, the profile and the region: --source-profile NAME, --source-region REGION.'],
	);
}
