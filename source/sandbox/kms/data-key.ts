import {randomBytes} from 'node:crypto';
import {type GenerateDataKeyRequest} from '@aws-sdk/client-kms';
import {invalidMember, kmsError} from './errors.js';

const maxBytes = 1024;
const bytesOfSpec: Readonly<Record<string, number>> = {AES_128: 16, AES_256: 32};

type Wanted = Pick<GenerateDataKeyRequest, 'KeySpec' | 'NumberOfBytes'>;

/** Makes a data key as long as the request wants it (KMS API reference, GenerateDataKey; the words: third-party). */
export function newDataKey({KeySpec, NumberOfBytes}: Wanted): Buffer {
	if ((KeySpec === undefined) === (NumberOfBytes === undefined)) {
		throw kmsError('ValidationException', 'Please specify either number of bytes or key spec.');
	}
	if (KeySpec !== undefined) {
		const length = bytesOfSpec[KeySpec];
		if (length === undefined) {
			throw invalidMember('keySpec', 'satisfy enum value set: [AES_256, AES_128]', KeySpec);
		}
		return randomBytes(length);
	}
	const length = NumberOfBytes ?? 0;
	if (length < 1 || length > maxBytes) {
		const rule = length < 1 ? 'greater than or equal to 1' : `less than or equal to ${maxBytes}`;
		throw invalidMember('numberOfBytes', `have value ${rule}`, String(length));
	}
	return randomBytes(length);
}
