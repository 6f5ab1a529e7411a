import {type DeleteRolePolicyRequest} from '@aws-sdk/client-iam';
import {seenFromMs} from '../../world/world.js';
import {type QueryAction} from '../action.js';
import {iamError} from '../errors.js';
import {findRole, roleArnOf} from '../roles.js';

export const deleteRolePolicy: QueryAction<DeleteRolePolicyRequest, object> = {
	permission: (call) => ({action: 'iam:DeleteRolePolicy', resource: roleArnOf(call, call.input.RoleName)}),
	target: ({RoleName}) => RoleName,
	run(call) {
		const role = findRole(call, call.input.RoleName);
		const policies = new Map(role.policies.written);
		if (!policies.delete(call.input.PolicyName ?? '')) {
			throw iamError(
				'NoSuchEntity',
				`The role policy with name ${call.input.PolicyName ?? ''} cannot be found.`,
			);
		}
		role.policies.write(policies, seenFromMs(call.world));
		return {};
	},
};
