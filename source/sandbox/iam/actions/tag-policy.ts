import {type TagPolicyRequest} from '@aws-sdk/client-iam';
import {findOwnPolicy} from '../managed-policies.js';
import {withTags} from '../tags.js';
import {type QueryAction} from '../action.js';

export const tagPolicy: QueryAction<TagPolicyRequest, object> = {
	permission: (call) => ({action: 'iam:TagPolicy', resource: call.input.PolicyArn ?? ''}),
	target: ({PolicyArn}) => PolicyArn,
	run(call) {
		const policy = findOwnPolicy(call, call.input.PolicyArn);
		policy.tags = withTags(policy.tags, call.input.Tags ?? []);
		return {};
	},
};
