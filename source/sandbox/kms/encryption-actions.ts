import {randomBytes} from 'node:crypto';
import type * as kms from '@aws-sdk/client-kms';
import {type KmsKey} from '../world/kms-key.js';
import {anyKey, type KmsAction, kmsAction, type KmsCall} from './action.js';
import {decrypt, encrypt, keyArnOf} from './ciphertext.js';
import {type EncryptionContext} from './decide-key.js';
import {checkRange, invalidMember, kmsError, notImplemented} from './errors.js';
import {findKey} from './find-key.js';
import {requireEnabled} from './key-state.js';

const maxPlaintextBytes = 4096;
const maxDataKeyBytes = 1024;
const bytesOfSpec: Readonly<Record<string, number>> = {AES_128: 16, AES_256: 32};

/** The operations that use a key's material. */
export const encryptionActions: readonly KmsAction[] = [
	kmsAction<kms.EncryptRequest, kms.EncryptResponse>('Encrypt', (call) => {
		const {input} = call;
		const plaintext = input.Plaintext ?? Buffer.alloc(0);
		if (plaintext.length > maxPlaintextBytes) {
			throw invalidMember('plaintext', `have length less than or equal to ${maxPlaintextBytes}`);
		}
		if (plaintext.length === 0) throw invalidMember('plaintext', 'have length greater than or equal to 1');
		const key = keyToUse(call, 'kms:Encrypt');
		checkAlgorithm(input.EncryptionAlgorithm, key);
		refuseDryRun(input);
		return {
			CiphertextBlob: encrypt(key, plaintext, input.EncryptionContext ?? {}),
			KeyId: key.arn,
			EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
		};
	}),
	kmsAction<kms.DecryptRequest, kms.DecryptResponse>('Decrypt', (call) => {
		const {input} = call;
		const {key, plaintext} = openBlob(call, input.KeyId, input.EncryptionContext, 'kms:Decrypt');
		checkAlgorithm(input.EncryptionAlgorithm, key);
		refuseDryRun(input);
		return {
			KeyId: key.arn,
			Plaintext: plaintext,
			EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
			KeyMaterialId: key.materialId,
		};
	}),
	// Needs a right on either key (KMS API reference, ReEncrypt).
	kmsAction<kms.ReEncryptRequest, kms.ReEncryptResponse>('ReEncrypt', (call) => {
		const {input, keyFor} = call;
		const {key: source, plaintext} = openBlob(
			call,
			input.SourceKeyId,
			input.SourceEncryptionContext,
			'kms:ReEncryptFrom',
		);
		const encryptionContext = input.DestinationEncryptionContext ?? {};
		const key = keyFor(input.DestinationKeyId, {action: 'kms:ReEncryptTo', encryptionContext}, anyKey);
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
	}),
	kmsAction<kms.GenerateDataKeyRequest, kms.GenerateDataKeyResponse>('GenerateDataKey', (call) => {
		const {dataKey, ...encrypted} = newDataKey(call, 'kms:GenerateDataKey');
		return {...encrypted, Plaintext: dataKey};
	}),
	kmsAction<kms.GenerateDataKeyWithoutPlaintextRequest, kms.GenerateDataKeyWithoutPlaintextResponse>(
		'GenerateDataKeyWithoutPlaintext',
		(call) => {
			const {dataKey: _plaintext, ...encrypted} = newDataKey(call, 'kms:GenerateDataKeyWithoutPlaintext');
			return encrypted;
		},
	),
];

/** What these operations have in common. */
type UseInput = {
	readonly GrantTokens?: readonly string[] | undefined;
	readonly DryRun?: boolean | undefined;
	readonly Recipient?: object | undefined;
};

/**
 * Finds the key for a use of its material, by any of its names and of any account, and throws unless the caller may use it
 * so, and the key is enabled (KMS API reference, GenerateDataKey, Encrypt).
 */
function keyToUse(
	{
		input,
		keyFor,
	}: KmsCall<
		UseInput & {
			readonly KeyId: string | undefined;
			readonly EncryptionContext?: EncryptionContext | undefined;
		}
	>,
	action: string,
): KmsKey {
	refuseUnperformed(input);
	const {KeyId, EncryptionContext: encryptionContext = {}} = input;
	const key = keyFor(KeyId, {action, encryptionContext}, anyKey);
	requireEnabled(key);
	return key;
}

/**
 * Decrypts a blob with the key that it names, which must be the one that the request names, if any. Throws what KMS answers where
 * that fails (KMS API reference, Decrypt; recorded: test_encrypt_decrypt_encryption_context, test_re_encrypt_incorrect_source_key).
 */
function openBlob(
	{
		world,
		identity,
		region,
		keyFor,
		input,
	}: KmsCall<UseInput & {readonly CiphertextBlob?: Uint8Array | undefined}>,
	keyId: string | undefined,
	encryptionContext: EncryptionContext = {},
	action: string,
): {readonly key: KmsKey; readonly plaintext: Buffer} {
	refuseUnperformed(input);
	const {CiphertextBlob: blob} = input;
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
	const key = keyFor(keyId ?? arn, {action, encryptionContext}, anyKey);
	if (key.arn !== arn) throw kmsError('IncorrectKeyException');
	requireEnabled(key);
	const plaintext = decrypt(key, blob, encryptionContext);
	if (plaintext === undefined) throw kmsError('InvalidCiphertextException');
	return {key, plaintext};
}

/** Makes a data key as long as the request wants it, and encrypts it (KMS API reference, GenerateDataKey; the words: third-party). */
function newDataKey(
	call: KmsCall<kms.GenerateDataKeyRequest>,
	action: string,
): {readonly dataKey: Buffer; readonly CiphertextBlob: Buffer; readonly KeyId: string} {
	const key = keyToUse(call, action);
	const {KeySpec, NumberOfBytes, EncryptionContext} = call.input;
	if ((KeySpec === undefined) === (NumberOfBytes === undefined)) {
		throw kmsError('ValidationException', 'Please specify either number of bytes or key spec.');
	}
	const length = KeySpec === undefined ? (NumberOfBytes ?? 0) : bytesOfSpec[KeySpec];
	if (length === undefined) {
		throw invalidMember('keySpec', 'satisfy enum value set: [AES_256, AES_128]', KeySpec);
	}
	checkRange('numberOfBytes', length, 1, maxDataKeyBytes);
	const dataKey = randomBytes(length);
	refuseDryRun(call.input);
	return {dataKey, CiphertextBlob: encrypt(key, dataKey, EncryptionContext ?? {}), KeyId: key.arn};
}

/** Throws where what the caller would do is only to be tried, and would be done. */
function refuseDryRun({DryRun}: UseInput): void {
	if (DryRun === true) throw kmsError('DryRunOperationException');
}

/** Throws NotImplemented for what the sandbox would have to pretend. */
function refuseUnperformed({GrantTokens, Recipient}: UseInput): void {
	if (GrantTokens !== undefined && GrantTokens.length > 0) throw notImplemented('grants');
	if (Recipient !== undefined) throw notImplemented('attested recipients (Nitro Enclaves)');
}

/** Throws for an algorithm that symmetric keys do not have (KMS API reference, Encrypt; the words: guessed). */
function checkAlgorithm(algorithm: string | undefined, {arn}: KmsKey): void {
	if (algorithm === undefined || algorithm === 'SYMMETRIC_DEFAULT') return;
	throw kmsError('InvalidKeyUsageException', `The algorithm ${algorithm} is not valid for ${arn}.`);
}
