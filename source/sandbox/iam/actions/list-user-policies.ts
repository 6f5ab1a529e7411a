import {type ListUserPoliciesRequest, type ListUserPoliciesResponse} from '@aws-sdk/client-iam';
import {pageOf} from '../page.js';
import {findUser, userArnOf} from '../users.js';
import {type QueryAction} from '../action.js';

export const listUserPolicies: QueryAction<ListUserPoliciesRequest, ListUserPoliciesResponse> = {
	permission: (call) => ({action: 'iam:ListUserPolicies', resource: userArnOf(call, call.input.UserName)}),
	target: ({UserName}) => UserName,
	run(call) {
		const {policies} = findUser(call, call.input.UserName);
		const {page, more} = pageOf([...policies.written.keys()].sort(), (name) => name, call.input);
		return {PolicyNames: page, ...more};
	},
};
