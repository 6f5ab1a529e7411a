import {type DetachUserPolicyRequest} from '@aws-sdk/client-iam';
import {detach} from '../attachments.js';
import {findUser, userArnOf} from '../users.js';
import {type QueryAction} from '../action.js';

export const detachUserPolicy: QueryAction<DetachUserPolicyRequest, object> = {
	permission: (call) => ({action: 'iam:DetachUserPolicy', resource: userArnOf(call, call.input.UserName)}),
	target: ({UserName}) => UserName,
	run(call) {
		detach(call, findUser(call, call.input.UserName), call.input.PolicyArn);
		return {};
	},
};
