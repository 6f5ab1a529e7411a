import {type PolicyDocument, statementsOf} from '../../policy/document.js';
import type {ObservedRole} from '../observed/observed.js';
import {policyFor} from './duties.js';
import {type RoleDuty, roleDuties} from './role-duties.js';
import {roleGaps} from './role-gaps.js';
import type {RoleCase} from './choose-role.js';

/** The inline policies of the role, one for each pair of buckets: what it may do already is not put again. */
export function planRolePolicies(about: RoleCase): readonly PlannedRolePolicy[] {
	const {request, choice} = about;
	return roleDuties(about).map((duty, index) => {
		const isOwn = index === 0;
		const before = choice.role && policyNamed(choice.role, duty, isOwn);
		return {...duty, isOwn, before, ...written(choice.role, duty, before, request.keepsRole ?? false)};
	});
}

type PlannedRolePolicy = Written &
	RoleDuty & {
		/** Whether it is of the pair that the run is about. */
		readonly isOwn: boolean;
		readonly before?: PolicyDocument;
	};

function policyNamed(role: ObservedRole, duty: RoleDuty, isOwn: boolean): PolicyDocument | undefined {
	return isOwn ? role.permissions : role.inline.find(({name}) => name === duty.policyName)?.document;
}

type Written = {
	readonly change: 'create' | 'update' | 'keep';
	readonly after: PolicyDocument;
	readonly notes: readonly string[];
};

function written(
	role: ObservedRole | undefined,
	{needed, places}: RoleDuty,
	before: PolicyDocument | undefined,
	keepsRole: boolean,
): Written {
	if (!role) return {change: 'create', after: policyFor(needed), notes: []};
	const {policy: lacking, unread} = roleGaps(role, needed, places);
	if (keepsRole) {
		const isUnknown = lacking !== undefined && unread.length > 0;
		const note = `Whether the role may do this is not known: ${unread.join(', ')} may not be read.`;
		return {change: 'keep', after: before ?? policyFor(needed), notes: isUnknown ? [note] : []};
	}

	if (lacking === undefined) {
		const notes = before ? [] : ['The other policies of the role allow all of this already.'];
		return {change: 'keep', after: before ?? policyFor(needed), notes};
	}

	if (!before) return {change: 'create', after: policyFor(needed), notes: []};
	return {
		change: 'update',
		after: {...before, Statement: [...statementsOf(before), ...statementsOf(lacking)]},
		notes: [],
	};
}
