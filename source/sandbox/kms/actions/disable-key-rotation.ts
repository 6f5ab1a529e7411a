import {type DisableKeyRotationRequest} from '@aws-sdk/client-kms';
import {type KmsAction} from '../action.js';
import {refuseManaged} from '../make-call.js';
import {requireEnabled} from '../use-to-encrypt.js';

export const disableKeyRotation: KmsAction<DisableKeyRotationRequest, object> = {
	name: 'DisableKeyRotation',
	run({input, keyFor}) {
		const key = keyFor(input.KeyId, {action: 'kms:DisableKeyRotation'});
		refuseManaged(key, 'kms:DisableKeyRotation');
		requireEnabled(key);
		key.rotation = undefined;
		return {};
	},
};
