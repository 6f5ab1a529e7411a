import {type UpdateKeyDescriptionRequest} from '@aws-sdk/client-kms';
import {type KmsAction} from '../action.js';
import {refusePending} from '../key-state.js';
import {refuseManaged} from '../make-call.js';
import {checkDescription} from './create-key.js';

export const updateKeyDescription: KmsAction<UpdateKeyDescriptionRequest, object> = {
	name: 'UpdateKeyDescription',
	run({input, keyFor}) {
		const {KeyId, Description = ''} = input;
		const key = keyFor(KeyId, {action: 'kms:UpdateKeyDescription'});
		refuseManaged(key, 'kms:UpdateKeyDescription');
		checkDescription(Description);
		refusePending(key);
		key.description = Description;
		return {};
	},
};
