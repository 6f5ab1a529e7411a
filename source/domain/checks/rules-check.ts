import {destinationOf} from '../arn.js';
import {fixable} from '../problem.js';
import {replicationIn} from '../operations/put-replication.js';
import {isSchemaV1, type ReplicationConfiguration} from '../rule/replication-configuration.js';
import {planProblemOf} from './checked-elsewhere.js';
import {defineCheck} from './define-check.js';
import {notRead, ok, stop, warning} from './verdict.js';

/**
 * What the rules that are there already mean for the new one, and it for them. How they are brought together is the plan's
 * to decide; what of it changes them needs a yes.
 */
export const rulesCheck = defineCheck({
	id: 'rules',
	title: 'Rules',
	group: 'rules',
	needs: ['replication', 'planned'],
	decide({request}, {replication, planned}) {
		if (!replication.isRead) return notRead(replication.problem);
		const problem = planProblemOf('rules', planned);
		const existing = replication.value;
		const evidence = existing && existing.Rules.length > 0 ? describe(existing) : 'none yet';
		if (problem) return stop(evidence, problem);
		const operations = planned.isRead && planned.value.ok ? planned.value.plan.operations : [];
		const put = replicationIn(operations);
		const notes = put?.notes ?? [];
		if (put?.change !== 'update' || notes.length === 0) return ok(evidence);
		return warning(
			evidence,
			fixable('rules-touched', `The new rule affects others of ${request.source.bucket}`, notes.join(' '), [
				'Look at the plan: it shows the rules before and after.',
				'Go on if that is right.',
			]),
		);
	},
});

function describe({Rules: rules}: ReplicationConfiguration): string {
	const schema = rules.some(isSchemaV1) ? 'schema V1' : 'schema V2';
	const enabled = rules.filter(({Status}) => Status === 'Enabled').length;
	const destinations = new Set(rules.map(destinationOf));
	return `${rules.length} ${rules.length === 1 ? 'rule' : 'rules'} of ${schema}, ${enabled} enabled, to ${[...destinations].join(', ')}`;
}
