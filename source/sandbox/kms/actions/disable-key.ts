import {type DisableKeyRequest} from '@aws-sdk/client-kms';
import {type KmsAction} from '../action.js';
import {refusePending} from '../key-state.js';
import {refuseManaged} from '../make-call.js';

export const disableKey: KmsAction<DisableKeyRequest, object> = {
	name: 'DisableKey',
	run({input, keyFor}) {
		const key = keyFor(input.KeyId, {action: 'kms:DisableKey'});
		refuseManaged(key, 'kms:DisableKey');
		refusePending(key);
		key.isEnabled = false;
		return {};
	},
};
