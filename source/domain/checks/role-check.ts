import {chooseRole} from '../role/choose-role.js';
import type {ObservedRole} from '../observed/observed.js';
import {foreseeTrust} from '../role/foresee-trust.js';
import {roleWarnings} from '../role/role-warnings.js';
import {joined} from '../problem.js';
import type {ReplicationConfiguration} from '../rule/replication-configuration.js';
import {planProblemOf} from './checked-elsewhere.js';
import {defineCheck} from './define-check.js';
import {givenRoleProblem} from '../role/given-role-problem.js';
import {notRead, ok, stop, unknown, warning} from './verdict.js';

/**
 * The role that will serve the rules: whether it exists, trusts S3, what else it may do and which rules it serves. What of
 * it stands in the way of the plan is told here, too.
 */
export const roleCheck = defineCheck({
	id: 'role',
	title: 'Role',
	group: 'role',
	needs: ['role', 'observed', 'sourceCaller', 'planned'],
	decide({request}, {role, observed, sourceCaller, planned}) {
		if (!sourceCaller.isRead) return notRead(sourceCaller.problem);
		// No plan can be made without it.
		if (!role.isRead) return stop('could not be read', role.problem);
		if (!observed.isRead) return notRead(observed.problem);
		const choice = chooseRole(request, observed.value);
		const warnings = roleWarnings(request, observed.value);
		const problem = planProblemOf('role', planned);
		if (choice.isGiven) {
			const evidence = `${choice.arn.split(':').at(-1)} is used as it is; its policies are not known`;
			return problem
				? stop(evidence, problem)
				: warning(evidence, givenRoleProblem({request, observed: observed.value, choice}));
		}

		if (!choice.role) {
			const evidence = `is created: ${choice.arn.split(':').at(-1)}`;
			if (problem) return stop(evidence, problem);
			return warnings.length > 0 ? warning(evidence, joined(warnings)) : ok(evidence);
		}

		const evidence = describe(choice.role, request.source.bucket, observed.value.source.replication);
		if (problem) return stop(evidence, problem);
		const {unread} = choice.role;
		const all = unread.length === 0 ? evidence : `${evidence}; not to be read: ${unread.join(', ')}`;
		if (warnings.length > 0) return warning(all, joined(warnings));
		return unread.length === 0 ? ok(all) : unknown(all, null);
	},
});

function describe(
	role: ObservedRole,
	sourceBucket: string,
	replication: ReplicationConfiguration | undefined,
): string {
	const {arn, inline, attached, boundary} = role;
	const others = [...inline, ...attached].map(({name}) => name.slice(name.lastIndexOf('/') + 1));
	const rules = replication?.Role === arn ? replication.Rules.length : 0;
	const parts = [
		foreseeTrust(role, sourceBucket).outcome === 'allowed'
			? `${arn.split(':').at(-1)} exists and trusts S3`
			: `${arn.split(':').at(-1)} exists`,
		others.length === 0
			? ''
			: `${others.length} other ${others.length === 1 ? 'policy' : 'policies'}: ${others.join(', ')}`,
		rules === 0 ? '' : `serves ${rules} ${rules === 1 ? 'rule' : 'rules'} of the source bucket`,
		boundary === undefined ? '' : `boundary ${boundary.arn}`,
	];
	return parts.filter((part) => part !== '').join('; ');
}
