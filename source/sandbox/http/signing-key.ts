import {createHmac, timingSafeEqual} from 'node:crypto';
import {type Authorization} from './authorization.js';

const keys = new Map<string, Buffer>();
const keysKept = 100;

/** Derives the key that signs for a day, region and service (IAM User Guide, create-signed-request). */
export function signingKeyOf(
	secretAccessKey: string,
	{shortDate, region, service}: Pick<Authorization, 'shortDate' | 'region' | 'service'>,
): Buffer {
	// The parts of a credential are what lies between its slashes, and hold none.
	const name = `${shortDate}/${region}/${service}/${secretAccessKey}`;
	const known = keys.get(name);
	if (known !== undefined) return known;
	const key = [shortDate, region, service, 'aws4_request'].reduce(
		(previous, part) => createHmac('sha256', previous).update(part).digest(),
		Buffer.from(`AWS4${secretAccessKey}`),
	);
	if (keys.size >= keysKept) keys.clear();
	keys.set(name, key);
	return key;
}

/** Signs a text: in hexadecimal, as signatures are written. */
export function signatureOf(key: Buffer, text: string): string {
	return createHmac('sha256', key).update(text).digest('hex');
}

/** Compares texts in a time that does not tell where they differ. */
export function isSameText(left: string, right: string): boolean {
	const leftBytes = Buffer.from(left);
	const rightBytes = Buffer.from(right);
	return leftBytes.length === rightBytes.length && timingSafeEqual(leftBytes, rightBytes);
}
