import {
	type ListAttachedUserPoliciesRequest,
	type ListAttachedUserPoliciesResponse,
} from '@aws-sdk/client-iam';
import {showAttached} from '../attachments.js';
import {findUser, userArnOf} from '../users.js';
import {type QueryAction} from '../action.js';

export const listAttachedUserPolicies: QueryAction<
	ListAttachedUserPoliciesRequest,
	ListAttachedUserPoliciesResponse
> = {
	permission: (call) => ({
		action: 'iam:ListAttachedUserPolicies',
		resource: userArnOf(call, call.input.UserName),
	}),
	target: ({UserName}) => UserName,
	run(call) {
		return showAttached(call, findUser(call, call.input.UserName), call.input);
	},
};
