import {type ListUserTagsRequest, type ListUserTagsResponse} from '@aws-sdk/client-iam';
import {findUser, userArnOf} from '../users.js';
import {showTags} from '../tags.js';
import {type QueryAction} from '../action.js';

export const listUserTags: QueryAction<ListUserTagsRequest, ListUserTagsResponse> = {
	permission: (call) => ({action: 'iam:ListUserTags', resource: userArnOf(call, call.input.UserName)}),
	target: ({UserName}) => UserName,
	run(call) {
		return showTags(findUser(call, call.input.UserName).tags, call.input);
	},
};
