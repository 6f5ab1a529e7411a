import {type DeleteUserPolicyRequest} from '@aws-sdk/client-iam';
import {seenFromMs} from '../../world/world.js';
import {iamError} from '../errors.js';
import {findUser, userArnOf} from '../users.js';
import {type QueryAction} from '../action.js';

export const deleteUserPolicy: QueryAction<DeleteUserPolicyRequest, object> = {
	permission: (call) => ({action: 'iam:DeleteUserPolicy', resource: userArnOf(call, call.input.UserName)}),
	target: ({UserName}) => UserName,
	run(call) {
		const user = findUser(call, call.input.UserName);
		const name = call.input.PolicyName ?? '';
		const policies = new Map(user.policies.written);
		if (!policies.delete(name)) {
			throw iamError('NoSuchEntity', `The user policy with name ${name} cannot be found.`);
		}
		user.policies.write(policies, seenFromMs(call.world));
		return {};
	},
};
