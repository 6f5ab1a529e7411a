import {type CancelKeyDeletionRequest, type CancelKeyDeletionResponse} from '@aws-sdk/client-kms';
import {type KmsAction} from '../action.js';
import {kmsError} from '../errors.js';

/** The key is disabled then (KMS API reference, CancelKeyDeletion). */
export const cancelKeyDeletion: KmsAction<CancelKeyDeletionRequest, CancelKeyDeletionResponse> = {
	name: 'CancelKeyDeletion',
	run({input, keyFor}) {
		const key = keyFor(input.KeyId, {action: 'kms:CancelKeyDeletion'});
		if (key.deletion === undefined) {
			throw kmsError('KMSInvalidStateException', `${key.arn} is not pending deletion.`);
		}
		key.deletion = undefined;
		return {KeyId: key.arn};
	},
};
