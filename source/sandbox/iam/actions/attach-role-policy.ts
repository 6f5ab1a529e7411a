import {type AttachRolePolicyRequest} from '@aws-sdk/client-iam';
import {attach} from '../attachments.js';
import {findRole, roleArnOf} from '../roles.js';
import {type QueryAction} from '../action.js';

export const attachRolePolicy: QueryAction<AttachRolePolicyRequest, object> = {
	permission: (call) => ({action: 'iam:AttachRolePolicy', resource: roleArnOf(call, call.input.RoleName)}),
	target: ({RoleName}) => RoleName,
	run(call) {
		attach(call, findRole(call, call.input.RoleName), call.input.PolicyArn);
		return {};
	},
};
