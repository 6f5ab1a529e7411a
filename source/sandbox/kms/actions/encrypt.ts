import {type EncryptRequest, type EncryptResponse} from '@aws-sdk/client-kms';
import {type KmsAction} from '../action.js';
import {encrypt as encryptUnder} from '../ciphertext.js';
import {invalidMember} from '../errors.js';
import {checkAlgorithm, keyToUse, refuseDryRun} from '../use-to-encrypt.js';

const maxPlaintextBytes = 4096;

export const encrypt: KmsAction<EncryptRequest, EncryptResponse> = {
	name: 'Encrypt',
	run(call) {
		const {input} = call;
		const plaintext = input.Plaintext ?? Buffer.alloc(0);
		if (plaintext.length > maxPlaintextBytes) {
			throw invalidMember('plaintext', `have length less than or equal to ${maxPlaintextBytes}`);
		}
		if (plaintext.length === 0) throw invalidMember('plaintext', 'have length greater than or equal to 1');
		const key = keyToUse(call, input.KeyId, 'kms:Encrypt');
		checkAlgorithm(input.EncryptionAlgorithm, key);
		refuseDryRun(input);
		return {
			CiphertextBlob: encryptUnder(key, plaintext, input.EncryptionContext ?? {}),
			KeyId: key.arn,
			EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
		};
	},
};
