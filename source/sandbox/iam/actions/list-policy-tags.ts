import {type ListPolicyTagsRequest, type ListPolicyTagsResponse} from '@aws-sdk/client-iam';
import {findPolicy} from '../managed-policies.js';
import {showTags} from '../tags.js';
import {type QueryAction} from '../action.js';

export const listPolicyTags: QueryAction<ListPolicyTagsRequest, ListPolicyTagsResponse> = {
	permission: (call) => ({action: 'iam:ListPolicyTags', resource: call.input.PolicyArn ?? ''}),
	target: ({PolicyArn}) => PolicyArn,
	run(call) {
		return showTags(findPolicy(call, call.input.PolicyArn).tags, call.input);
	},
};
