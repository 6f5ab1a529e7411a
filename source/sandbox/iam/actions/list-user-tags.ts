import {type ListUserTagsRequest, type ListUserTagsResponse} from '@aws-sdk/client-iam';
import {findUser, userArnOf} from '../users.js';
import {type QueryAction} from '../action.js';

export const listUserTags: QueryAction<ListUserTagsRequest, ListUserTagsResponse> = {
	permission: (call) => ({action: 'iam:ListUserTags', resource: userArnOf(call, call.input.UserName)}),
	target: ({UserName}) => UserName,
	run(call) {
		return {Tags: [...findUser(call, call.input.UserName).tags], IsTruncated: false};
	},
};
