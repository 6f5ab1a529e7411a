import {createCipheriv, createDecipheriv, randomBytes} from 'node:crypto';
import {type KmsKey} from '../world/kms-key.js';
import {type EncryptionContext} from './decide-key.js';

const algorithm = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;
const version = 1;

/** Encrypts under a key: the blob says which, and only the same context opens it (KMS Developer Guide, encrypt_context). */
export function encrypt(key: KmsKey, plaintext: Uint8Array, context: EncryptionContext): Buffer {
	const arn = Buffer.from(key.arn);
	const iv = randomBytes(ivBytes);
	const cipher = createCipheriv(algorithm, key.material, iv).setAAD(associatedData(context));
	const body = Buffer.concat([cipher.update(plaintext), cipher.final()]);
	return Buffer.concat([Buffer.from([version, arn.length]), arn, iv, cipher.getAuthTag(), body]);
}

/** The ARN of the key that a blob was encrypted under; undefined where it is no blob of ours. */
export function keyArnOf(blob: Uint8Array): string | undefined {
	const [first, length = 0] = blob;
	if (first !== version || blob.length < 2 + length + ivBytes + tagBytes) return undefined;
	const arn = Buffer.from(blob.subarray(2, 2 + length)).toString('utf8');
	return /^arn:[^:]+:kms:/.test(arn) ? arn : undefined;
}

/** Decrypts; undefined where the blob was changed, or the context is another. */
export function decrypt(key: KmsKey, blob: Uint8Array, context: EncryptionContext): Buffer | undefined {
	const ivAt = 2 + Buffer.byteLength(key.arn);
	const tagAt = ivAt + ivBytes;
	const bodyAt = tagAt + tagBytes;
	try {
		const decipher = createDecipheriv(algorithm, key.material, blob.subarray(ivAt, tagAt))
			.setAAD(associatedData(context))
			.setAuthTag(blob.subarray(tagAt, bodyAt));
		return Buffer.concat([decipher.update(blob.subarray(bodyAt)), decipher.final()]);
	} catch {
		return undefined;
	}
}

/** The order of the pairs does not count, their case does. */
function associatedData(context: EncryptionContext): Buffer {
	const pairs = Object.entries(context).sort(([left], [right]) => (left < right ? -1 : 1));
	return Buffer.from(JSON.stringify(pairs));
}
