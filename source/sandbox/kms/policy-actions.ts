import type * as kms from '@aws-sdk/client-kms';
import {currentTextOf} from '../access/resource-policy.js';
import {seenFromMs} from '../world/world.js';
import {changingKey, type KmsAction, onKey} from './action.js';
import {keyRefusal} from './decide-key.js';
import {kmsError} from './errors.js';
import {checkLockout, readKeyPolicy} from './key-policy.js';
import {pageOf} from './page.js';

/** The one name that a key policy can have (KMS API reference, PutKeyPolicy). */
const policyName = 'default';

/** The policies of keys. */
export const policyActions: readonly KmsAction[] = [
	onKey<kms.GetKeyPolicyRequest, kms.GetKeyPolicyResponse>('GetKeyPolicy', ({world, input}, key) => {
		checkPolicyName(input.PolicyName);
		return {Policy: currentTextOf(world, key.policy.written), PolicyName: policyName};
	}),
	onKey<kms.ListKeyPoliciesRequest, kms.ListKeyPoliciesResponse>('ListKeyPolicies', ({input}) => {
		const {page, more} = pageOf([policyName], (name) => name, input, 100);
		return {PolicyNames: page, ...more};
	}),
	changingKey<kms.PutKeyPolicyRequest>(
		'PutKeyPolicy',
		({world, identity, input}, key) => {
			checkPolicyName(input.PolicyName);
			const policy = readKeyPolicy(world, input.Policy ?? '');
			const use = {action: 'kms:PutKeyPolicy', context: bypassContext(input)};
			if (input.BypassPolicyLockoutSafetyCheck !== true) {
				checkLockout(keyRefusal(world, identity, key, use, policy));
			}
			key.policy.write(policy, seenFromMs(world));
			return {};
		},
		bypassContext,
	),
];

function bypassContext({
	BypassPolicyLockoutSafetyCheck = false,
}: kms.PutKeyPolicyRequest): Readonly<Record<string, string>> {
	return {'kms:BypassPolicyLockoutSafetyCheck': String(BypassPolicyLockoutSafetyCheck)};
}

function checkPolicyName(name: string | undefined): void {
	if (name === undefined || name === policyName) return;
	throw kmsError('NotFoundException', 'No such policy exists');
}
