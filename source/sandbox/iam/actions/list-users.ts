import {type ListUsersRequest, type ListUsersResponse} from '@aws-sdk/client-iam';
import {type User} from '../../world/account.js';
import {byName, pageOf} from '../page.js';
import {showUser} from '../users.js';
import {type QueryAction} from '../action.js';
import {iamArn} from '../../world/partition.js';

export const listUsers: QueryAction<ListUsersRequest, ListUsersResponse> = {
	name: 'ListUsers',
	permission: (call) => ({
		action: 'iam:ListUsers',
		resource: iamArn(call.world, call.account.accountId, `user${call.input.PathPrefix ?? '/'}`),
	}),
	run(call) {
		const nameOf = ({userName}: User): string => userName.toLowerCase();
		const users = [...call.account.users.values()]
			.filter(({path}) => path.startsWith(call.input.PathPrefix ?? '/'))
			.sort(byName(nameOf));
		const {page, more} = pageOf(users, nameOf, call.input);
		return {Users: page.map((user) => showUser(user, {isComplete: false})), ...more};
	},
};
