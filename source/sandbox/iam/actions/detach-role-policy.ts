import {type DetachRolePolicyRequest} from '@aws-sdk/client-iam';
import {detach} from '../attachments.js';
import {findRole, roleArnOf} from '../roles.js';
import {type QueryAction} from '../action.js';

export const detachRolePolicy: QueryAction<DetachRolePolicyRequest, object> = {
	permission: (call) => ({action: 'iam:DetachRolePolicy', resource: roleArnOf(call, call.input.RoleName)}),
	target: ({RoleName}) => RoleName,
	run(call) {
		detach(call, findRole(call, call.input.RoleName), call.input.PolicyArn);
		return {};
	},
};
