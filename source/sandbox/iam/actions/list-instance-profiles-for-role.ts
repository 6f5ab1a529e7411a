import {
	type ListInstanceProfilesForRoleRequest,
	type ListInstanceProfilesForRoleResponse,
} from '@aws-sdk/client-iam';
import {findRole, roleArnOf} from '../roles.js';
import {type QueryAction} from '../action.js';

/** There are none: nothing in the sandbox makes them, and clients ask before they delete a role. */
export const listInstanceProfilesForRole: QueryAction<
	ListInstanceProfilesForRoleRequest,
	ListInstanceProfilesForRoleResponse
> = {
	name: 'ListInstanceProfilesForRole',
	permission: (call) => ({
		action: 'iam:ListInstanceProfilesForRole',
		resource: roleArnOf(call, call.input.RoleName),
	}),
	target: ({RoleName}) => RoleName,
	run(call) {
		findRole(call, call.input.RoleName);
		return {InstanceProfiles: [], IsTruncated: false};
	},
};
