import {narrowedTo} from '../../domain/batch/compare-current.js';
import type {ObservedReplication} from '../../domain/observed/observed-replication.js';
import {fixable, type Problem} from '../../domain/problem.js';
import {filterOf, type RuleFilter} from '../../domain/rule/rule-filter.js';
import {notReplicated} from '../../domain/bucket-problems.js';

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
