import {s3Error} from '../errors/errors.js';

/** Collects a short body in memory. */
export class LimitedPieces {
	readonly #maxBytes: number;
	readonly #pieces: Buffer[] = [];
	#sizeBytes = 0;

	constructor(maxBytes: number) {
		this.#maxBytes = maxBytes;
	}

	/** Throws EntityTooLarge where it grows too long. */
	write(piece: Buffer): void {
		this.#sizeBytes += piece.length;
		if (this.#sizeBytes > this.#maxBytes) throw s3Error('EntityTooLarge');
		this.#pieces.push(piece);
	}

	joined(): Buffer {
		return Buffer.concat(this.#pieces);
	}
}
