import {type UpdateRoleDescriptionRequest, type UpdateRoleDescriptionResponse} from '@aws-sdk/client-iam';
import {findRole, roleArnOf, showRole} from '../roles.js';
import {type QueryAction} from '../action.js';

export const updateRoleDescription: QueryAction<UpdateRoleDescriptionRequest, UpdateRoleDescriptionResponse> =
	{
		name: 'UpdateRoleDescription',
		permission: (call) => ({
			action: 'iam:UpdateRoleDescription',
			resource: roleArnOf(call, call.input.RoleName),
		}),
		target: ({RoleName}) => RoleName,
		run(call) {
			const role = findRole(call, call.input.RoleName);
			role.description = call.input.Description ?? role.description;
			return {Role: showRole(role, {isComplete: true})};
		},
	};
