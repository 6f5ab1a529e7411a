import {type CreateAccessKeyRequest, type CreateAccessKeyResponse} from '@aws-sdk/client-iam';
import {addAccessKey} from '../../world/sessions.js';
import {keysOf} from '../access-keys.js';
import {iamError} from '../errors.js';
import {userArnOf, userOrCaller} from '../users.js';
import {type QueryAction} from '../action.js';

const maxKeys = 2;

export const createAccessKey: QueryAction<CreateAccessKeyRequest, CreateAccessKeyResponse> = {
	name: 'CreateAccessKey',
	permission: (call) => ({action: 'iam:CreateAccessKey', resource: userArnOf(call, call.input.UserName)}),
	target: ({UserName}) => UserName,
	run(call) {
		const user = userOrCaller(call, call.input.UserName);
		if (keysOf(call.world, user).length >= maxKeys) {
			throw iamError('LimitExceeded', `Cannot exceed quota for AccessKeysPerUser: ${maxKeys}`);
		}
		const key = addAccessKey(call.world, user);
		return {
			AccessKey: {
				UserName: user.userName,
				AccessKeyId: key.accessKeyId,
				Status: 'Active',
				SecretAccessKey: key.secretAccessKey,
				CreateDate: new Date(Math.floor(key.createdMs / 1000) * 1000),
			},
		};
	},
};
