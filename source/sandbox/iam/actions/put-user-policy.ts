import {type PutUserPolicyRequest} from '@aws-sdk/client-iam';
import {parsePolicy} from '../../../policy/parse.js';
import {seenFromMs} from '../../world/world.js';
import {iamError} from '../errors.js';
import {checkName} from '../roles.js';
import {findUser, userArnOf} from '../users.js';
import {type QueryAction} from '../action.js';

/** IAM User Guide, reference_iam-quotas. */
const maxInlineLength = 2048;

export const putUserPolicy: QueryAction<PutUserPolicyRequest, object> = {
	permission: (call) => ({action: 'iam:PutUserPolicy', resource: userArnOf(call, call.input.UserName)}),
	target: ({UserName}) => UserName,
	run(call) {
		const user = findUser(call, call.input.UserName);
		checkName('policyName', call.input.PolicyName, 128);
		const text = call.input.PolicyDocument ?? '';
		const parsed = parsePolicy(text, 'identity');
		if (!parsed.ok) throw iamError('MalformedPolicyDocument', parsed.reason);
		const policies = new Map(user.policies.written).set(call.input.PolicyName ?? '', text);
		const total = [...policies.values()].join('').replace(/\s/g, '').length;
		if (total > maxInlineLength) {
			throw iamError(
				'LimitExceeded',
				`Maximum policy size of ${maxInlineLength} bytes exceeded for user ${user.userName}`,
			);
		}
		user.policies.write(policies, seenFromMs(call.world));
		return {};
	},
};
