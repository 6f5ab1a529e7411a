import {type GenerateDataKeyRequest, type GenerateDataKeyResponse} from '@aws-sdk/client-kms';
import {type KmsAction} from '../action.js';
import {encrypt} from '../ciphertext.js';
import {newDataKey} from '../data-key.js';
import {keyToUse, refuseDryRun} from '../use-to-encrypt.js';

export const generateDataKey: KmsAction<GenerateDataKeyRequest, GenerateDataKeyResponse> = {
	name: 'GenerateDataKey',
	run(call) {
		const {input} = call;
		const key = keyToUse(call, input.KeyId, 'kms:GenerateDataKey');
		const dataKey = newDataKey(input);
		refuseDryRun(input);
		return {
			CiphertextBlob: encrypt(key, dataKey, input.EncryptionContext ?? {}),
			Plaintext: dataKey,
			KeyId: key.arn,
		};
	},
};
