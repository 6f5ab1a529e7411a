import {type ListRolePoliciesRequest, type ListRolePoliciesResponse} from '@aws-sdk/client-iam';
import {type QueryAction} from '../action.js';
import {pageOf} from '../page.js';
import {findRole, roleArnOf} from '../roles.js';

export const listRolePolicies: QueryAction<ListRolePoliciesRequest, ListRolePoliciesResponse> = {
	permission: (call) => ({action: 'iam:ListRolePolicies', resource: roleArnOf(call, call.input.RoleName)}),
	target: ({RoleName}) => RoleName,
	run(call) {
		const names = [...findRole(call, call.input.RoleName).policies.written.keys()].sort();
		const {page, more} = pageOf(names, (name) => name, call.input);
		return {PolicyNames: page, ...more};
	},
};
