import {createHash, createHmac, timingSafeEqual} from 'node:crypto';
import {type Authorization} from './authorization.js';
import {type DecodedChunks} from './aws-chunked.js';

const emptyHash = sha256('');

/**
 * Says whether every chunk, and the trailer where there is one, bears its signature: each covers the one before, the
 * first the request's own (S3 API reference, sigv4-streaming and sigv4-streaming-trailers).
 */
export function areChunksSigned(
	secretAccessKey: string,
	authorization: Authorization,
	decoded: DecodedChunks,
): boolean {
	const key = signingKey(secretAccessKey, authorization);
	const {shortDate, region, service, longDate} = authorization;
	const scope = `${longDate}\n${shortDate}/${region}/${service}/aws4_request`;
	let previous = authorization.signature;
	for (const {bytes, signature} of decoded.chunks) {
		const text = `AWS4-HMAC-SHA256-PAYLOAD\n${scope}\n${previous}\n${emptyHash}\n${sha256(bytes)}`;
		if (!isSame(sign(key, text), signature)) return false;
		previous = signature ?? '';
	}
	const {'x-amz-trailer-signature': trailerSignature, ...trailers} = decoded.trailers;
	const lines = Object.entries(trailers).map(([name, value]) => `${name}:${value}\n`);
	if (lines.length === 0) return true;
	const text = `AWS4-HMAC-SHA256-TRAILER\n${scope}\n${previous}\n${sha256(lines.join(''))}`;
	return isSame(sign(key, text), trailerSignature);
}

function signingKey(secretAccessKey: string, {shortDate, region, service}: Authorization): Buffer {
	return [shortDate, region, service, 'aws4_request'].reduce(
		(key, part) => createHmac('sha256', key).update(part).digest(),
		Buffer.from(`AWS4${secretAccessKey}`),
	);
}

function sign(key: Buffer, text: string): string {
	return createHmac('sha256', key).update(text).digest('hex');
}

function sha256(bytes: Buffer | string): string {
	return createHash('sha256').update(bytes).digest('hex');
}

function isSame(expected: string, given: string | undefined): boolean {
	const left = Buffer.from(expected);
	const right = Buffer.from(given ?? '');
	return left.length === right.length && timingSafeEqual(left, right);
}
