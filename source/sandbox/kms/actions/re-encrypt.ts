import {type ReEncryptRequest, type ReEncryptResponse} from '@aws-sdk/client-kms';
import {type KmsAction} from '../action.js';
import {encrypt} from '../ciphertext.js';
import {openBlob} from '../open-blob.js';
import {checkAlgorithm, refuseDryRun, requireEnabled} from '../use-to-encrypt.js';

/** Needs a right on either key (KMS API reference, ReEncrypt). */
export const reEncrypt: KmsAction<ReEncryptRequest, ReEncryptResponse> = {
	name: 'ReEncrypt',
	run(call) {
		const {input, keyFor} = call;
		const {key: source, plaintext} = openBlob(call, {
			blob: input.CiphertextBlob,
			keyId: input.SourceKeyId,
			encryptionContext: input.SourceEncryptionContext,
			action: 'kms:ReEncryptFrom',
		});
		const encryptionContext = input.DestinationEncryptionContext ?? {};
		const kinds = {takesAliases: true, takesForeign: true};
		const key = keyFor(input.DestinationKeyId, {action: 'kms:ReEncryptTo', encryptionContext}, kinds);
		requireEnabled(key);
		checkAlgorithm(input.SourceEncryptionAlgorithm, source);
		checkAlgorithm(input.DestinationEncryptionAlgorithm, key);
		refuseDryRun(input);
		return {
			CiphertextBlob: encrypt(key, plaintext, encryptionContext),
			SourceKeyId: source.arn,
			KeyId: key.arn,
			SourceEncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
			DestinationEncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
		};
	},
};
