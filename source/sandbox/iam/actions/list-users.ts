import {type ListUsersRequest, type ListUsersResponse} from '@aws-sdk/client-iam';
import {showUser} from '../users.js';
import {type QueryAction} from '../action.js';

export const listUsers: QueryAction<ListUsersRequest, ListUsersResponse> = {
	permission: (call) => ({
		action: 'iam:ListUsers',
		resource: `arn:aws:iam::${call.account.accountId}:user${call.input.PathPrefix ?? '/'}`,
	}),
	run(call) {
		const users = [...call.account.users.values()]
			.filter(({path}) => path.startsWith(call.input.PathPrefix ?? '/'))
			.sort((left, right) => (left.userName < right.userName ? -1 : 1));
		return {Users: users.map((user) => showUser(user, {isComplete: false})), IsTruncated: false};
	},
};
