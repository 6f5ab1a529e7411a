import {type GetUserPolicyRequest, type GetUserPolicyResponse} from '@aws-sdk/client-iam';
import {iamError} from '../errors.js';
import {encodeDocument} from '../roles.js';
import {findUser, userArnOf} from '../users.js';
import {type QueryAction} from '../action.js';

export const getUserPolicy: QueryAction<GetUserPolicyRequest, GetUserPolicyResponse> = {
	permission: (call) => ({action: 'iam:GetUserPolicy', resource: userArnOf(call, call.input.UserName)}),
	target: ({UserName}) => UserName,
	run(call) {
		const user = findUser(call, call.input.UserName);
		const name = call.input.PolicyName ?? '';
		const text = user.policies.written.get(name);
		if (text === undefined)
			throw iamError('NoSuchEntity', `The user policy with name ${name} cannot be found.`);
		return {UserName: user.userName, PolicyName: name, PolicyDocument: encodeDocument(text)};
	},
};
