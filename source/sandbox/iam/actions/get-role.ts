import {type GetRoleRequest, type GetRoleResponse} from '@aws-sdk/client-iam';
import {type QueryAction} from '../action.js';
import {findRole, roleArnOf, showRole} from '../roles.js';

export const getRole: QueryAction<GetRoleRequest, GetRoleResponse> = {
	name: 'GetRole',
	permission: (call) => ({action: 'iam:GetRole', resource: roleArnOf(call, call.input.RoleName)}),
	target: ({RoleName}) => RoleName,
	run: (call) => ({
		Role: {...showRole(findRole(call, call.input.RoleName), {isComplete: true}), RoleLastUsed: {}},
	}),
};
