import {type DecryptRequest, type DecryptResponse} from '@aws-sdk/client-kms';
import {type KmsAction} from '../action.js';
import {openBlob} from '../open-blob.js';
import {checkAlgorithm, refuseDryRun} from '../use-to-encrypt.js';

export const decrypt: KmsAction<DecryptRequest, DecryptResponse> = {
	name: 'Decrypt',
	run(call) {
		const {input} = call;
		const {key, plaintext} = openBlob(call, {
			blob: input.CiphertextBlob,
			keyId: input.KeyId,
			encryptionContext: input.EncryptionContext,
			action: 'kms:Decrypt',
		});
		checkAlgorithm(input.EncryptionAlgorithm, key);
		refuseDryRun(input);
		return {
			KeyId: key.arn,
			Plaintext: plaintext,
			EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
			KeyMaterialId: key.materialId,
		};
	},
};
