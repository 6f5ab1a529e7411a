import {type DeletePolicyVersionRequest} from '@aws-sdk/client-iam';
import {iamError} from '../errors.js';
import {findOwnPolicy} from '../managed-policies.js';
import {findPolicyVersion} from '../policy-versions.js';
import {type QueryAction} from '../action.js';

export const deletePolicyVersion: QueryAction<DeletePolicyVersionRequest, object> = {
	name: 'DeletePolicyVersion',
	permission: (call) => ({action: 'iam:DeletePolicyVersion', resource: call.input.PolicyArn ?? ''}),
	target: ({PolicyArn}) => PolicyArn,
	run(call) {
		const policy = findOwnPolicy(call, call.input.PolicyArn);
		const version = findPolicyVersion(policy, call.input.VersionId);
		if (version.versionId === policy.defaultVersionId) {
			throw iamError('DeleteConflict', 'Cannot delete the default version of a policy.');
		}
		policy.versions = policy.versions.filter((other) => other !== version);
		return {};
	},
};
