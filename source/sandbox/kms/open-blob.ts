import {type KmsKey} from '../world/kms-key.js';
import {type KmsCall} from './action.js';
import {decrypt, keyArnOf} from './ciphertext.js';
import {type EncryptionContext} from './decide-key.js';
import {invalidMember, kmsError} from './errors.js';
import {findKey} from './find-key.js';
import {refuseUnperformed, requireEnabled, type UseInput} from './use-to-encrypt.js';

/**
 * Decrypts a blob with the key that it names, which must be the one that the request names, if any. Throws what KMS answers where
 * that fails (KMS API reference, Decrypt; recorded: test_encrypt_decrypt_encryption_context, test_re_encrypt_incorrect_source_key).
 */
export function openBlob(
	call: KmsCall<UseInput>,
	{
		blob,
		keyId,
		encryptionContext = {},
		action,
	}: {
		readonly blob: Uint8Array | undefined;
		readonly keyId: string | undefined;
		readonly encryptionContext: EncryptionContext | undefined;
		readonly action: string;
	},
): {readonly key: KmsKey; readonly plaintext: Buffer} {
	const {world, identity, region, keyFor} = call;
	refuseUnperformed(call.input);
	// Without one only a request that is to be tried makes sense, and that needs a key (KMS API reference, Decrypt).
	if (blob === undefined) throw invalidMember('ciphertextBlob', 'not be null');
	const arn = keyArnOf(blob);
	if (arn === undefined) throw kmsError('InvalidCiphertextException');
	if (findKey(world, arn, {accountId: identity.accountId, region}).key === undefined) {
		// Third-party: what KMS says of a blob of another region, or of a key that is gone.
		throw kmsError(
			'AccessDeniedException',
			'The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.',
		);
	}
	const kinds = {takesAliases: true, takesForeign: true};
	const key = keyFor(keyId ?? arn, {action, encryptionContext}, kinds);
	if (key.arn !== arn) throw kmsError('IncorrectKeyException');
	requireEnabled(key);
	const plaintext = decrypt(key, blob, encryptionContext);
	if (plaintext === undefined) throw kmsError('InvalidCiphertextException');
	return {key, plaintext};
}
