import {type ListKeyPoliciesRequest, type ListKeyPoliciesResponse} from '@aws-sdk/client-kms';
import {type KmsAction} from '../action.js';
import {pageOf} from '../page.js';
import {policyName} from '../policy-name.js';

export const listKeyPolicies: KmsAction<ListKeyPoliciesRequest, ListKeyPoliciesResponse> = {
	name: 'ListKeyPolicies',
	run({input, keyFor}) {
		keyFor(input.KeyId, {action: 'kms:ListKeyPolicies'});
		const {page, more} = pageOf([policyName], (name) => name, input, 100);
		return {PolicyNames: page, ...more};
	},
};
