import {type ListPolicyVersionsRequest, type ListPolicyVersionsResponse} from '@aws-sdk/client-iam';
import {pageOf} from '../page.js';
import {findPolicy, showVersion} from '../managed-policies.js';
import {type QueryAction} from '../action.js';

export const listPolicyVersions: QueryAction<ListPolicyVersionsRequest, ListPolicyVersionsResponse> = {
	name: 'ListPolicyVersions',
	permission: (call) => ({action: 'iam:ListPolicyVersions', resource: call.input.PolicyArn ?? ''}),
	target: ({PolicyArn}) => PolicyArn,
	run(call) {
		const policy = findPolicy(call, call.input.PolicyArn);
		// Newest first, so that numbers count down.
		const {page, more} = pageOf(policy.versions, ({versionId}) => countdownOf(versionId), call.input);
		return {
			Versions: page.map((version) => showVersion(policy, version, {showsDocument: false})),
			...more,
		};
	},
};

function countdownOf(versionId: string): string {
	return String(999_999 - Number(versionId.slice(1)));
}
