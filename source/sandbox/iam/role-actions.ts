import {
	type CreateRoleRequest,
	type CreateRoleResponse,
	type DeleteRoleRequest,
	type GetRoleRequest,
	type GetRoleResponse,
	type ListInstanceProfilesForRoleRequest,
	type ListInstanceProfilesForRoleResponse,
	type ListRolesRequest,
	type ListRolesResponse,
	type UpdateAssumeRolePolicyRequest,
	type UpdateRoleDescriptionRequest,
	type UpdateRoleDescriptionResponse,
	type UpdateRoleRequest,
} from '@aws-sdk/client-iam';
import {iamArn} from '../world/partition.js';
import {makeRole} from '../world/sessions.js';
import {seenFromMs} from '../world/world.js';
import {iamAction, type QueryAction, type QueryCall} from './action.js';
import {boundaryContext, checkBoundary} from './boundary.js';
import {checkRange, iamError} from './errors.js';
import {checkName, checkPath} from './names.js';
import {pageOf} from './page.js';
import {findRole, roleArnOf, showRole} from './roles.js';
import {withTags} from './tags.js';
import {checkTrustPolicy} from './trust-policy.js';

type Named = {readonly RoleName: string | undefined; readonly Path?: string | undefined};

/** What is done with roles alone; what they have like users and groups is in the table of holders. */
export const roleActions: readonly QueryAction[] = [
	onRole<CreateRoleRequest, CreateRoleResponse>(
		'CreateRole',
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
		({input}) => boundaryContext(input.PermissionsBoundary),
	),
	onRole<GetRoleRequest, GetRoleResponse>('GetRole', (call) => ({
		Role: {...showRole(findRole(call, call.input.RoleName), {isComplete: true}), RoleLastUsed: {}},
	})),
	iamAction<ListRolesRequest, ListRolesResponse>(
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
	onRole<UpdateRoleRequest>('UpdateRole', (call) => {
		const {Description, MaxSessionDuration} = call.input;
		const role = findRole(call, call.input.RoleName);
		const maxSession = checkMaxSession(MaxSessionDuration);
		role.description = Description ?? role.description;
		role.maxSessionDurationSeconds = maxSession ?? role.maxSessionDurationSeconds;
		return {};
	}),
	onRole<UpdateRoleDescriptionRequest, UpdateRoleDescriptionResponse>('UpdateRoleDescription', (call) => {
		const role = findRole(call, call.input.RoleName);
		role.description = call.input.Description ?? role.description;
		return {Role: showRole(role, {isComplete: true})};
	}),
	onRole<UpdateAssumeRolePolicyRequest>('UpdateAssumeRolePolicy', (call) => {
		const role = findRole(call, call.input.RoleName);
		const text = checkTrustPolicy(call.world, call.input.PolicyDocument);
		role.trustPolicy.write(text, seenFromMs(call.world));
		return {};
	}),
	onRole<DeleteRoleRequest>('DeleteRole', (call) => {
		const role = findRole(call, call.input.RoleName);
		if (role.policies.written.size > 0) throw iamError('DeleteConflict');
		if (role.attached.written.length > 0) {
			throw iamError('DeleteConflict', 'Cannot delete entity, must detach all policies first.');
		}
		call.account.roles.delete(role.roleName.toLowerCase());
		return {};
	}),
	// There are none: nothing in the sandbox makes them, and clients ask before they delete a role.
	onRole<ListInstanceProfilesForRoleRequest, ListInstanceProfilesForRoleResponse>(
		'ListInstanceProfilesForRole',
		(call) => {
			findRole(call, call.input.RoleName);
			return {InstanceProfiles: [], IsTruncated: false};
		},
	),
];

function onRole<Input extends Named, Output extends object = object>(
	name: string,
	run: (call: QueryCall<Input>) => Output,
	context?: (call: QueryCall<Input>) => Readonly<Record<string, string>>,
): QueryAction {
	return iamAction<Input, Output>(
		name,
		{
			resource: (call) => roleArnOf(call, call.input.RoleName, call.input.Path),
			target: ({RoleName}) => RoleName,
			context,
		},
		run,
	);
}

/** Throws ValidationError unless sessions of a role may last so long (IAM API reference, CreateRole, "MaxSessionDuration"). */
function checkMaxSession(seconds: number | undefined): number | undefined {
	if (seconds !== undefined) checkRange('maxSessionDuration', seconds, 3600, 43_200);
	return seconds;
}
