import {type EnableKeyRequest} from '@aws-sdk/client-kms';
import {type KmsAction} from '../action.js';
import {refusePending} from '../key-state.js';
import {refuseManaged} from '../make-call.js';

export const enableKey: KmsAction<EnableKeyRequest, object> = {
	name: 'EnableKey',
	run({input, keyFor}) {
		const key = keyFor(input.KeyId, {action: 'kms:EnableKey'});
		refuseManaged(key, 'kms:EnableKey');
		refusePending(key);
		key.isEnabled = true;
		return {};
	},
};
