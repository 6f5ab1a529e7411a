import {type ListRoleTagsRequest, type ListRoleTagsResponse} from '@aws-sdk/client-iam';
import {findRole, roleArnOf} from '../roles.js';
import {showTags} from '../tags.js';
import {type QueryAction} from '../action.js';

export const listRoleTags: QueryAction<ListRoleTagsRequest, ListRoleTagsResponse> = {
	permission: (call) => ({action: 'iam:ListRoleTags', resource: roleArnOf(call, call.input.RoleName)}),
	target: ({RoleName}) => RoleName,
	run(call) {
		return showTags(findRole(call, call.input.RoleName).tags, call.input);
	},
};
