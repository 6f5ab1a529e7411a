import {type ListPolicyVersionsRequest, type ListPolicyVersionsResponse} from '@aws-sdk/client-iam';
import {findPolicy, showVersion} from '../managed-policies.js';
import {type QueryAction} from '../action.js';

export const listPolicyVersions: QueryAction<ListPolicyVersionsRequest, ListPolicyVersionsResponse> = {
	permission: (call) => ({action: 'iam:ListPolicyVersions', resource: call.input.PolicyArn ?? ''}),
	target: ({PolicyArn}) => PolicyArn,
	run(call) {
		const policy = findPolicy(call, call.input.PolicyArn);
		return {
			Versions: policy.versions.map((version) => showVersion(policy, version, {showsDocument: false})),
			IsTruncated: false,
		};
	},
};
