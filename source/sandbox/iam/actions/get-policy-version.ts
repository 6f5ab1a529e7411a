import {type GetPolicyVersionRequest, type GetPolicyVersionResponse} from '@aws-sdk/client-iam';
import {findPolicy, showVersion} from '../managed-policies.js';
import {findPolicyVersion} from '../policy-versions.js';
import {type QueryAction} from '../action.js';

export const getPolicyVersion: QueryAction<GetPolicyVersionRequest, GetPolicyVersionResponse> = {
	name: 'GetPolicyVersion',
	permission: (call) => ({action: 'iam:GetPolicyVersion', resource: call.input.PolicyArn ?? ''}),
	target: ({PolicyArn}) => PolicyArn,
	run(call) {
		const policy = findPolicy(call, call.input.PolicyArn);
		const version = findPolicyVersion(policy, call.input.VersionId);
		return {PolicyVersion: showVersion(policy, version, {showsDocument: true})};
	},
};
