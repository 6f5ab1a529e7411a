import {type PolicyDocument, statementsOf} from '../../policy/document.js';
import {rolePathOf} from '../arn.js';
import type {RoleChoice} from './choose-role.js';
import type {CallerIdentity, ObservedRole} from '../observed/observed.js';
import type {CreateRole} from '../operations/create-role.js';
import type {PutRolePolicy} from '../operations/put-role-policy.js';
import {trustPolicy} from './replication-policies.js';
import type {ReplicationRequest} from '../answers/request.js';
import {policyFor} from './duties.js';
import type {RoleDuty} from './role-duties.js';
import {roleGaps} from './role-gaps.js';

/** The SDK's name for where a global service such as IAM answers. */
const globalRegion = (partition: string): string => `${partition}-global`;

/** The role: created, or kept as it is. */
export function planRole(
	request: ReplicationRequest,
	caller: CallerIdentity,
	choice: RoleChoice,
): CreateRole {
	const {role, name} = choice;
	const notes = [
		...(choice.isPresent
			? [
					`The rules of ${request.source.bucket} use this role already. One role serves all rules of a bucket: it is kept.`,
				]
			: []),
		...(request.keepsRole ? ['It is only used, not changed (--keep-role).'] : []),
	];
	const boundaryArn = role ? role.boundary?.arn : request.permissionsBoundary;
	return {
		id: 'create-role',
		kind: 'create-role',
		side: 'source',
		target: name,
		change: role ? 'keep' : 'create',
		account: caller.accountId,
		region: globalRegion(caller.partition),
		requires: [],
		after: {
			RoleName: name,
			Path: role ? rolePathOf(role.arn) : (request.rolePath ?? '/'),
			Description: role?.description ?? 'Lets Amazon S3 replicate objects. Created by s3-replicate.',
			AssumeRolePolicyDocument: role?.trust ?? trustPolicy,
			...(boundaryArn === undefined ? {} : {PermissionsBoundary: boundaryArn}),
		},
		...(notes.length === 0 ? {} : {notes}),
	};
}

/** The inline policies of the role, one for each pair of buckets: what it may do already is not put again. */
export function planRolePolicies(
	request: ReplicationRequest,
	caller: CallerIdentity,
	choice: RoleChoice,
	duties: readonly RoleDuty[],
): readonly PutRolePolicy[] {
	return duties.map((duty, index) => {
		const isOwn = index === 0;
		const before = choice.role && policyNamed(choice.role, duty, isOwn);
		const {change, after, notes} = written(choice.role, duty, before, request.keepsRole ?? false);
		return {
			id: isOwn ? 'put-role-policy' : `put-role-policy:${duty.destinationBucket}`,
			kind: 'put-role-policy',
			side: 'source',
			target: choice.name,
			change,
			account: caller.accountId,
			region: globalRegion(caller.partition),
			requires: ['create-role'],
			policyName: duty.policyName,
			before,
			after,
			...(notes.length === 0 ? {} : {notes}),
		};
	});
}

function policyNamed(role: ObservedRole, duty: RoleDuty, isOwn: boolean): PolicyDocument | undefined {
	return isOwn ? role.permissions : role.inline.find(({name}) => name === duty.policyName)?.document;
}

type Written = Pick<PutRolePolicy, 'change' | 'after'> & {readonly notes: readonly string[]};

function written(
	role: ObservedRole | undefined,
	{needed}: RoleDuty,
	before: PolicyDocument | undefined,
	keepsRole: boolean,
): Written {
	if (!role) return {change: 'create', after: policyFor(needed), notes: []};
	const {policy: lacking, unread} = roleGaps(role, needed);
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
