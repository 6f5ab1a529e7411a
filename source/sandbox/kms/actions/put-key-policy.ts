import {type PutKeyPolicyRequest} from '@aws-sdk/client-kms';
import {type KmsAction} from '../action.js';
import {seenFromMs} from '../../world/world.js';
import {keyRefusal} from '../decide-key.js';
import {checkLockout} from '../lockout.js';
import {readKeyPolicy} from '../key-policy.js';
import {refuseManaged} from '../make-call.js';
import {checkPolicyName} from '../policy-name.js';

export const putKeyPolicy: KmsAction<PutKeyPolicyRequest, object> = {
	name: 'PutKeyPolicy',
	run({world, identity, input, keyFor}) {
		const {KeyId, Policy = '', PolicyName, BypassPolicyLockoutSafetyCheck = false} = input;
		const context = {'kms:BypassPolicyLockoutSafetyCheck': String(BypassPolicyLockoutSafetyCheck)};
		const use = {action: 'kms:PutKeyPolicy', context};
		const key = keyFor(KeyId, use);
		refuseManaged(key, 'kms:PutKeyPolicy');
		checkPolicyName(PolicyName);
		const policy = readKeyPolicy(world, Policy);
		if (!BypassPolicyLockoutSafetyCheck) checkLockout(keyRefusal(world, identity, key, use, policy));
		key.policy.write(policy, seenFromMs(world));
		return {};
	},
};
