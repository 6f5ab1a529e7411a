import {type DeletePolicyRequest} from '@aws-sdk/client-iam';
import {iamError} from '../errors.js';
import {boundaryUsersOf, findOwnPolicy, holdersOf} from '../managed-policies.js';
import {type QueryAction} from '../action.js';

export const deletePolicy: QueryAction<DeletePolicyRequest, object> = {
	name: 'DeletePolicy',
	permission: (call) => ({action: 'iam:DeletePolicy', resource: call.input.PolicyArn ?? ''}),
	target: ({PolicyArn}) => PolicyArn,
	run(call) {
		const policy = findOwnPolicy(call, call.input.PolicyArn);
		if (holdersOf(call.world, policy.arn).length > 0 || boundaryUsersOf(call.world, policy.arn).length > 0) {
			throw iamError('DeleteConflict', 'Cannot delete a policy attached to entities.');
		}
		if (policy.versions.length > 1) {
			throw iamError(
				'DeleteConflict',
				"This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
			);
		}
		call.account.managedPolicies.delete(policy.policyName.toLowerCase());
		return {};
	},
};
