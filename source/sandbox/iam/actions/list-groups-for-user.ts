import {type ListGroupsForUserRequest, type ListGroupsForUserResponse} from '@aws-sdk/client-iam';
import {findUser, userArnOf} from '../users.js';
import {type QueryAction} from '../action.js';

/** There are none: nothing in the sandbox makes them, and clients ask before they delete a user. */
export const listGroupsForUser: QueryAction<ListGroupsForUserRequest, ListGroupsForUserResponse> = {
	name: 'ListGroupsForUser',
	permission: (call) => ({action: 'iam:ListGroupsForUser', resource: userArnOf(call, call.input.UserName)}),
	target: ({UserName}) => UserName,
	run(call) {
		findUser(call, call.input.UserName);
		return {Groups: [], IsTruncated: false};
	},
};
