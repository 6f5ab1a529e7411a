import {type GetKeyPolicyRequest, type GetKeyPolicyResponse} from '@aws-sdk/client-kms';
import {type KmsAction} from '../action.js';
import {currentTextOf} from '../../access/resource-policy.js';
import {checkPolicyName, policyName} from '../policy-name.js';

export const getKeyPolicy: KmsAction<GetKeyPolicyRequest, GetKeyPolicyResponse> = {
	name: 'GetKeyPolicy',
	run({world, input, keyFor}) {
		const key = keyFor(input.KeyId, {action: 'kms:GetKeyPolicy'});
		checkPolicyName(input.PolicyName);
		return {Policy: currentTextOf(world, key.policy.written), PolicyName: policyName};
	},
};
