import {
	type ListAttachedRolePoliciesRequest,
	type ListAttachedRolePoliciesResponse,
} from '@aws-sdk/client-iam';
import {showAttached} from '../attachments.js';
import {findRole, roleArnOf} from '../roles.js';
import {type QueryAction} from '../action.js';

export const listAttachedRolePolicies: QueryAction<
	ListAttachedRolePoliciesRequest,
	ListAttachedRolePoliciesResponse
> = {
	permission: (call) => ({
		action: 'iam:ListAttachedRolePolicies',
		resource: roleArnOf(call, call.input.RoleName),
	}),
	target: ({RoleName}) => RoleName,
	run(call) {
		return showAttached(call, findRole(call, call.input.RoleName), call.input);
	},
};
