import {type AttachUserPolicyRequest} from '@aws-sdk/client-iam';
import {attach} from '../attachments.js';
import {findUser, userArnOf} from '../users.js';
import {type QueryAction} from '../action.js';

export const attachUserPolicy: QueryAction<AttachUserPolicyRequest, object> = {
	permission: (call) => ({action: 'iam:AttachUserPolicy', resource: userArnOf(call, call.input.UserName)}),
	target: ({UserName}) => UserName,
	run(call) {
		attach(call, findUser(call, call.input.UserName), call.input.PolicyArn);
		return {};
	},
};
