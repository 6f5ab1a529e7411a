import {type GetUserRequest, type GetUserResponse} from '@aws-sdk/client-iam';
import {showUser, userArnOf, userOrCaller} from '../users.js';
import {type QueryAction} from '../action.js';

export const getUser: QueryAction<GetUserRequest, GetUserResponse> = {
	name: 'GetUser',
	permission: (call) => ({action: 'iam:GetUser', resource: userArnOf(call, call.input.UserName)}),
	target: ({UserName}) => UserName,
	run(call) {
		return {User: showUser(userOrCaller(call, call.input.UserName), {isComplete: true})};
	},
};
