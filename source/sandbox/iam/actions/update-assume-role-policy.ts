import {type UpdateAssumeRolePolicyRequest} from '@aws-sdk/client-iam';
import {seenFromMs} from '../../world/world.js';
import {type QueryAction} from '../action.js';
import {findRole, roleArnOf} from '../roles.js';
import {checkTrustPolicy} from '../trust-policy.js';

export const updateAssumeRolePolicy: QueryAction<UpdateAssumeRolePolicyRequest, object> = {
	name: 'UpdateAssumeRolePolicy',
	permission: (call) => ({
		action: 'iam:UpdateAssumeRolePolicy',
		resource: roleArnOf(call, call.input.RoleName),
	}),
	target: ({RoleName}) => RoleName,
	run(call) {
		const role = findRole(call, call.input.RoleName);
		const text = checkTrustPolicy(call.world, call.input.PolicyDocument);
		role.trustPolicy.write(text, seenFromMs(call.world));
		return {};
	},
};
