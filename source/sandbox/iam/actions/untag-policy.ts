import {type UntagPolicyRequest} from '@aws-sdk/client-iam';
import {findOwnPolicy} from '../managed-policies.js';
import {withoutTags} from '../tags.js';
import {type QueryAction} from '../action.js';

export const untagPolicy: QueryAction<UntagPolicyRequest, object> = {
	permission: (call) => ({action: 'iam:UntagPolicy', resource: call.input.PolicyArn ?? ''}),
	target: ({PolicyArn}) => PolicyArn,
	run(call) {
		const policy = findOwnPolicy(call, call.input.PolicyArn);
		policy.tags = withoutTags(policy.tags, call.input.TagKeys ?? []);
		return {};
	},
};
