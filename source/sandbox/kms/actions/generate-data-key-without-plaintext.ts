import {
	type GenerateDataKeyWithoutPlaintextRequest,
	type GenerateDataKeyWithoutPlaintextResponse,
} from '@aws-sdk/client-kms';
import {type KmsAction} from '../action.js';
import {encrypt} from '../ciphertext.js';
import {newDataKey} from '../data-key.js';
import {keyToUse, refuseDryRun} from '../use-to-encrypt.js';

export const generateDataKeyWithoutPlaintext: KmsAction<
	GenerateDataKeyWithoutPlaintextRequest,
	GenerateDataKeyWithoutPlaintextResponse
> = {
	name: 'GenerateDataKeyWithoutPlaintext',
	run(call) {
		const {input} = call;
		const key = keyToUse(call, input.KeyId, 'kms:GenerateDataKeyWithoutPlaintext');
		const dataKey = newDataKey(input);
		refuseDryRun(input);
		return {CiphertextBlob: encrypt(key, dataKey, input.EncryptionContext ?? {}), KeyId: key.arn};
	},
};
