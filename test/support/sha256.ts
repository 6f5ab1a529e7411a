import {createHash, createHmac, type Hash, type Hmac} from 'node:crypto';
import {type Checksum, type SourceData} from '@smithy/types';

/** SHA-256 in the form the SDK's signer wants, over node's own: several times as fast as the portable one. */
export class Sha256 implements Checksum {
	readonly #start: () => Hash | Hmac;
	#hash: Hash | Hmac;

	constructor(secret?: SourceData) {
		this.#start = () => (secret === undefined ? createHash('sha256') : createHmac('sha256', toBytes(secret)));
		this.#hash = this.#start();
	}

	update(data: SourceData): void {
		this.#hash.update(toBytes(data));
	}

	async digest(): Promise<Uint8Array> {
		return this.#hash.digest();
	}

	reset(): void {
		this.#hash = this.#start();
	}
}

function toBytes(data: SourceData): Uint8Array | string {
	if (typeof data === 'string') return data;
	return ArrayBuffer.isView(data)
		? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
		: new Uint8Array(data);
}
