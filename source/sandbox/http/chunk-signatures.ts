import {createHash} from 'node:crypto';
import {type Authorization} from './authorization.js';
import {type ChunkListener, type Trailers} from './aws-chunked.js';
import {isSameText, signatureOf, signingKeyOf} from './signing-key.js';

const emptyHash = sha256('');

/**
 * Checks the signature of every chunk, and of the trailer where there is one: each covers the one before, the first the
 * request's own (S3 API reference, sigv4-streaming and sigv4-streaming-trailers).
 */
export class ChunkSignatures implements ChunkListener {
	readonly #key: Buffer;
	readonly #scope: string;
	#previous: string;
	#hash = createHash('sha256');
	#isHolding = true;

	constructor(secretAccessKey: string, authorization: Authorization) {
		const {shortDate, region, service, longDate} = authorization;
		this.#key = signingKeyOf(secretAccessKey, authorization);
		this.#scope = `${longDate}\n${shortDate}/${region}/${service}/aws4_request`;
		this.#previous = authorization.signature;
	}

	bytes(piece: Buffer): void {
		this.#hash.update(piece);
	}

	ended(signature: string | undefined): void {
		const hash = this.#hash.digest('hex');
		this.#hash = createHash('sha256');
		const text = `AWS4-HMAC-SHA256-PAYLOAD\n${this.#scope}\n${this.#previous}\n${emptyHash}\n${hash}`;
		this.#isHolding &&= isSameText(signatureOf(this.#key, text), signature ?? '');
		this.#previous = signature ?? '';
	}

	/** Says, after the last chunk, whether all signatures hold. */
	doHold({'x-amz-trailer-signature': trailerSignature, ...trailers}: Trailers): boolean {
		const lines = Object.entries(trailers).map(([name, value]) => `${name}:${value}\n`);
		if (lines.length === 0) return this.#isHolding;
		const text = `AWS4-HMAC-SHA256-TRAILER\n${this.#scope}\n${this.#previous}\n${sha256(lines.join(''))}`;
		return this.#isHolding && isSameText(signatureOf(this.#key, text), trailerSignature ?? '');
	}
}

function sha256(bytes: Buffer | string): string {
	return createHash('sha256').update(bytes).digest('hex');
}
