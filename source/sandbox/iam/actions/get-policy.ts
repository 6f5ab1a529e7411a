import {type GetPolicyRequest, type GetPolicyResponse} from '@aws-sdk/client-iam';
import {findPolicy, showPolicy} from '../managed-policies.js';
import {type QueryAction} from '../action.js';

export const getPolicy: QueryAction<GetPolicyRequest, GetPolicyResponse> = {
	name: 'GetPolicy',
	permission: (call) => ({action: 'iam:GetPolicy', resource: call.input.PolicyArn ?? ''}),
	target: ({PolicyArn}) => PolicyArn,
	run(call) {
		return {Policy: showPolicy(call.world, findPolicy(call, call.input.PolicyArn))};
	},
};
