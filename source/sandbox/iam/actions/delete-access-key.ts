import {type DeleteAccessKeyRequest} from '@aws-sdk/client-iam';
import {findKey} from '../access-keys.js';
import {userArnOf, userOrCaller} from '../users.js';
import {type QueryAction} from '../action.js';

export const deleteAccessKey: QueryAction<DeleteAccessKeyRequest, object> = {
	name: 'DeleteAccessKey',
	permission: (call) => ({action: 'iam:DeleteAccessKey', resource: userArnOf(call, call.input.UserName)}),
	target: ({UserName}) => UserName,
	run(call) {
		const user = userOrCaller(call, call.input.UserName);
		const key = findKey(call, user, call.input.AccessKeyId);
		call.world.credentials.delete(key.accessKeyId);
		return {};
	},
};
