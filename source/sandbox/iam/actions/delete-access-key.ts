import {type DeleteAccessKeyRequest} from '@aws-sdk/client-iam';
import {keysOf} from '../access-keys.js';
import {iamError} from '../errors.js';
import {userArnOf, userOrCaller} from '../users.js';
import {type QueryAction} from '../action.js';

export const deleteAccessKey: QueryAction<DeleteAccessKeyRequest, object> = {
	permission: (call) => ({action: 'iam:DeleteAccessKey', resource: userArnOf(call, call.input.UserName)}),
	target: ({UserName}) => UserName,
	run(call) {
		const user = userOrCaller(call, call.input.UserName);
		const key = keysOf(call.world, user).find(({accessKeyId}) => accessKeyId === call.input.AccessKeyId);
		if (key === undefined) {
			throw iamError(
				'NoSuchEntity',
				`The Access Key with id ${call.input.AccessKeyId ?? ''} cannot be found.`,
			);
		}
		call.world.credentials.delete(key.accessKeyId);
		return {};
	},
};
