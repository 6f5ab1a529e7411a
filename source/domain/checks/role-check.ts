import {accountOfArn} from '../arn.js';
import type {ObservedRole} from '../observed.js';
import {trustsS3} from '../role-gaps.js';
import type {ReplicationConfiguration} from '../replication-configuration.js';
import {planProblemOf} from './checked-elsewhere.js';
import {defineCheck} from './define-check.js';
import {usedRoleArn} from './role-session.js';
import {notRead, ok, stop, unknown} from './verdict.js';

/**
 * The role of the name asked for: whether it exists, trusts S3, what else it may do and which rules it serves. What of it
 * stands in the way of the plan is told here, too.
 */
export const roleCheck = defineCheck({
	id: 'role',
	title: 'Role',
	group: 'role',
	needs: ['role', 'replication', 'sourceCaller', 'planned'],
	decide({request}, {role, replication, sourceCaller, planned}) {
		if (!sourceCaller.isRead) return notRead(sourceCaller.problem);
		// No plan can be made without it.
		if (!role.isRead) return stop('could not be read', role.problem);
		const {value: present} = role;
		if (!present) {
			const arn = usedRoleArn(request, sourceCaller.value, undefined);
			return ok(
				`is created: ${arn.slice(`arn:${sourceCaller.value.partition}:iam::${accountOfArn(arn)}:`.length)}`,
			);
		}

		const rules = replication.isRead ? rulesOf(replication.value, present) : 0;
		const others = present.inline.length + present.attached.length;
		const parts = [
			trustsS3(present) ? 'exists, trusts S3' : 'exists',
			others === 0 ? '' : `${others} other ${others === 1 ? 'policy' : 'policies'}: ${namesOf(present)}`,
			rules === 0 ? '' : `serves ${rules} ${rules === 1 ? 'rule' : 'rules'} of the source bucket`,
			present.boundary === undefined ? '' : `boundary ${present.boundary.arn}`,
		];
		const evidence = parts.filter((part) => part !== '').join('; ');
		const problem = planProblemOf('role', planned);
		if (problem) return stop(evidence, problem);
		if (present.unread.length === 0) return ok(evidence);
		return unknown(`${evidence}; not to be read: ${present.unread.join(', ')}`, null);
	},
});

function rulesOf(replication: ReplicationConfiguration | undefined, {arn}: ObservedRole): number {
	return replication?.Role === arn ? replication.Rules.length : 0;
}

function namesOf({inline, attached}: ObservedRole): string {
	return [...inline, ...attached].map(({name}) => name.slice(name.lastIndexOf('/') + 1)).join(', ');
}
