import type * as iam from '@aws-sdk/client-iam';
import {iamArn} from '../world/partition.js';
import {makeRole} from '../world/sessions.js';
import {seenFromMs} from '../world/world.js';
import {iamAction, type QueryAction, type Subject} from './action.js';
import {boundaryContext, checkBoundary} from './boundary.js';
import {checkRange, iamError} from './errors.js';
import {checkName, checkPath} from './names.js';
import {pageOf} from './page.js';
import {findRole, roleArnOf, showRole} from './roles.js';
import {withTags} from './tags.js';
import {checkTrustPolicy} from './trust-policy.js';

/** What actions on the role are about that the input names. */
const theRole: Subject<{readonly RoleName: string | undefined; readonly Path?: string | undefined}> = {
	resource: (call) => roleArnOf(call, call.input.RoleName, call.input.Path),
	target: ({RoleName}) => RoleName,
};

/** What is done with roles alone; what they have like users and groups is in the table of holders. */
export const roleActions: readonly QueryAction[] = [
	iamAction<iam.CreateRoleRequest, iam.CreateRoleResponse>(
		'CreateRole',
		{...theRole, context: ({input}) => boundaryContext(input.PermissionsBoundary)},
		({world, account, input}) => {
			const path = checkPath(input.Path ?? '/');
			const roleName = input.RoleName ?? '';
			checkName('roleName', roleName, 64);
			if (account.roles.has(roleName.toLowerCase())) {
				throw iamError('EntityAlreadyExists', `Role with name ${roleName} already exists.`);
			}
			const role = makeRole(world, account.accountId, roleName, {
				path,
				seenFromMs: seenFromMs(world),
				description: input.Description,
				maxSessionDurationSeconds: checkMaxSession(input.MaxSessionDuration) ?? 3600,
				tags: withTags([], input.Tags ?? []),
				trustPolicy: checkTrustPolicy(world, input.AssumeRolePolicyDocument),
				boundaryArn: checkBoundary(world, input.PermissionsBoundary),
			});
			account.roles.set(roleName.toLowerCase(), role);
			return {Role: showRole(role, {isComplete: false})};
		},
	),
	iamAction<iam.GetRoleRequest, iam.GetRoleResponse>('GetRole', theRole, (call) => ({
		Role: {...showRole(findRole(call, call.input.RoleName), {isComplete: true}), RoleLastUsed: {}},
	})),
	iamAction<iam.ListRolesRequest, iam.ListRolesResponse>(
		'ListRoles',
		{
			resource: ({world, account, input}) =>
				iamArn(world, account.accountId, `role${input.PathPrefix ?? '/'}`),
		},
		({account, input}) => {
			const roles = [...account.roles.values()].filter(({path}) => path.startsWith(input.PathPrefix ?? '/'));
			const {page, more} = pageOf(roles, ({roleName}) => roleName.toLowerCase(), input);
			return {
				// Recorded: test_list_roles_with_permission_boundary has neither.
				Roles: page.map((role) => ({
					...showRole(role, {isComplete: true}),
					Tags: undefined,
					PermissionsBoundary: undefined,
				})),
				...more,
			};
		},
	),
	iamAction<iam.UpdateRoleRequest>('UpdateRole', theRole, (call) => {
		const {Description, MaxSessionDuration} = call.input;
		const role = findRole(call, call.input.RoleName);
		const maxSession = checkMaxSession(MaxSessionDuration);
		role.description = Description ?? role.description;
		role.maxSessionDurationSeconds = maxSession ?? role.maxSessionDurationSeconds;
		return {};
	}),
	iamAction<iam.UpdateRoleDescriptionRequest, iam.UpdateRoleDescriptionResponse>(
		'UpdateRoleDescription',
		theRole,
		(call) => {
			const role = findRole(call, call.input.RoleName);
			role.description = call.input.Description ?? role.description;
			return {Role: showRole(role, {isComplete: true})};
		},
	),
	iamAction<iam.UpdateAssumeRolePolicyRequest>('UpdateAssumeRolePolicy', theRole, (call) => {
		const role = findRole(call, call.input.RoleName);
		const text = checkTrustPolicy(call.world, call.input.PolicyDocument);
		role.trustPolicy.write(text, seenFromMs(call.world));
		return {};
	}),
	iamAction<iam.DeleteRoleRequest>('DeleteRole', theRole, (call) => {
		const role = findRole(call, call.input.RoleName);
		if (role.policies.written.size > 0) throw iamError('DeleteConflict');
		if (role.attached.written.length > 0) {
			throw iamError('DeleteConflict', 'Cannot delete entity, must detach all policies first.');
		}
		call.account.roles.delete(role.roleName.toLowerCase());
		return {};
	}),
	// There are none: nothing in the sandbox makes them, and clients ask before they delete a role.
	iamAction<iam.ListInstanceProfilesForRoleRequest, iam.ListInstanceProfilesForRoleResponse>(
		'ListInstanceProfilesForRole',
		theRole,
		(call) => {
			findRole(call, call.input.RoleName);
			return {InstanceProfiles: [], IsTruncated: false};
		},
	),
];

/** Throws ValidationError unless sessions of a role may last so long (IAM API reference, CreateRole, "MaxSessionDuration"). */
function checkMaxSession(seconds: number | undefined): number | undefined {
	if (seconds !== undefined) checkRange('maxSessionDuration', seconds, 3600, 43_200);
	return seconds;
}
