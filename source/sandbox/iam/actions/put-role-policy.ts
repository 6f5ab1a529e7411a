import {type PutRolePolicyRequest} from '@aws-sdk/client-iam';
import {parsePolicy} from '../../../policy/parse.js';
import {seenFromMs} from '../../world/world.js';
import {type QueryAction} from '../action.js';
import {iamError} from '../errors.js';
import {checkName, findRole, roleArnOf} from '../roles.js';

const maxInlineLength = 10_240;

export const putRolePolicy: QueryAction<PutRolePolicyRequest, object> = {
	permission: (call) => ({action: 'iam:PutRolePolicy', resource: roleArnOf(call, call.input.RoleName)}),
	target: ({RoleName}) => RoleName,
	run(call) {
		const role = findRole(call, call.input.RoleName);
		checkName('policyName', call.input.PolicyName, 128);
		const text = call.input.PolicyDocument ?? '';
		const parsed = parsePolicy(text, 'identity');
		if (!parsed.ok) throw iamError('MalformedPolicyDocument', parsed.reason);
		const policies = new Map(role.policies.written).set(call.input.PolicyName ?? '', text);
		const total = [...policies.values()].join('').replace(/\s/g, '').length;
		if (total > maxInlineLength) {
			throw iamError(
				'LimitExceeded',
				`Maximum policy size of ${maxInlineLength} bytes exceeded for role ${role.roleName}`,
			);
		}
		role.policies.write(policies, seenFromMs(call.world));
		return {};
	},
};
