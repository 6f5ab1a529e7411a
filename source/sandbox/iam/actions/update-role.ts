import {type UpdateRoleRequest, type UpdateRoleResponse} from '@aws-sdk/client-iam';
import {checkMaxSession} from '../session-duration.js';
import {findRole, roleArnOf} from '../roles.js';
import {type QueryAction} from '../action.js';

export const updateRole: QueryAction<UpdateRoleRequest, UpdateRoleResponse> = {
	name: 'UpdateRole',
	permission: (call) => ({action: 'iam:UpdateRole', resource: roleArnOf(call, call.input.RoleName)}),
	target: ({RoleName}) => RoleName,
	run(call) {
		const role = findRole(call, call.input.RoleName);
		const maxSession = checkMaxSession(call.input.MaxSessionDuration);
		role.description = call.input.Description ?? role.description;
		role.maxSessionDurationSeconds = maxSession ?? role.maxSessionDurationSeconds;
		return {};
	},
};
