import {type ListAccessKeysRequest, type ListAccessKeysResponse} from '@aws-sdk/client-iam';
import {keysOf} from '../access-keys.js';
import {userArnOf, userOrCaller} from '../users.js';
import {type QueryAction} from '../action.js';

export const listAccessKeys: QueryAction<ListAccessKeysRequest, ListAccessKeysResponse> = {
	name: 'ListAccessKeys',
	permission: (call) => ({action: 'iam:ListAccessKeys', resource: userArnOf(call, call.input.UserName)}),
	target: ({UserName}) => UserName,
	run(call) {
		const user = userOrCaller(call, call.input.UserName);
		return {
			AccessKeyMetadata: keysOf(call.world, user).map(({accessKeyId, createdMs, isActive}) => ({
				UserName: user.userName,
				AccessKeyId: accessKeyId,
				Status: isActive ? 'Active' : 'Inactive',
				CreateDate: new Date(Math.floor(createdMs / 1000) * 1000),
			})),
			IsTruncated: false,
		};
	},
};
