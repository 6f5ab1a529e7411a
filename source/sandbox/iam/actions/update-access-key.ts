import {type UpdateAccessKeyRequest} from '@aws-sdk/client-iam';
import {findKey} from '../access-keys.js';
import {iamError} from '../errors.js';
import {userArnOf, userOrCaller} from '../users.js';
import {type QueryAction} from '../action.js';

export const updateAccessKey: QueryAction<UpdateAccessKeyRequest, object> = {
	name: 'UpdateAccessKey',
	permission: (call) => ({action: 'iam:UpdateAccessKey', resource: userArnOf(call, call.input.UserName)}),
	target: ({UserName}) => UserName,
	run(call) {
		const user = userOrCaller(call, call.input.UserName);
		const key = findKey(call, user, call.input.AccessKeyId);
		const status: string | undefined = call.input.Status;
		if (status !== 'Active' && status !== 'Inactive') {
			throw iamError(
				'ValidationError',
				`1 validation error detected: Value '${status ?? ''}' at 'status' failed to satisfy constraint: Member must satisfy enum value set: [Active, Inactive]`,
			);
		}
		key.isActive = status === 'Active';
		return {};
	},
};
