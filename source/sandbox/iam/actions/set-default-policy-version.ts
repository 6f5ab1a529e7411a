import {type SetDefaultPolicyVersionRequest} from '@aws-sdk/client-iam';
import {seenFromMs} from '../../world/world.js';
import {findOwnPolicy} from '../managed-policies.js';
import {findPolicyVersion} from '../policy-versions.js';
import {type QueryAction} from '../action.js';

export const setDefaultPolicyVersion: QueryAction<SetDefaultPolicyVersionRequest, object> = {
	name: 'SetDefaultPolicyVersion',
	permission: (call) => ({action: 'iam:SetDefaultPolicyVersion', resource: call.input.PolicyArn ?? ''}),
	target: ({PolicyArn}) => PolicyArn,
	run(call) {
		const policy = findOwnPolicy(call, call.input.PolicyArn);
		const version = findPolicyVersion(policy, call.input.VersionId);
		policy.defaultVersionId = version.versionId;
		policy.document.write(version.text, seenFromMs(call.world));
		return {};
	},
};
