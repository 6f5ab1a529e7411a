/** The bytes of an object; several versions (a source and its replicas) may share them. */
export type StoredBody = {readonly sizeBytes: number; readonly bytes: Buffer};

/** Holds the bytes of all objects under one cap, so that a learner's upload cannot take the machine down. */
export class BodyStore {
	readonly #capBytes: number;
	readonly #holders = new Map<StoredBody, number>();
	#usedBytes = 0;

	constructor(capBytes: number) {
		this.#capBytes = capBytes;
	}

	hasRoomFor(sizeBytes: number): boolean {
		return this.#usedBytes + sizeBytes <= this.#capBytes;
	}

	/** Takes the bytes in for one holder. Ask `hasRoomFor` first. */
	add(bytes: Buffer): StoredBody {
		const body = {sizeBytes: bytes.length, bytes};
		this.#holders.set(body, 1);
		this.#usedBytes += bytes.length;
		return body;
	}

	/** Counts one more holder of the same bytes. */
	share(body: StoredBody): StoredBody {
		this.#holders.set(body, (this.#holders.get(body) ?? 0) + 1);
		return body;
	}

	/** Lets go of the bytes; the last holder frees them. */
	release(body: StoredBody): void {
		const holders = (this.#holders.get(body) ?? 1) - 1;
		if (holders > 0) {
			this.#holders.set(body, holders);
			return;
		}
		if (this.#holders.delete(body)) this.#usedBytes -= body.sizeBytes;
	}
}
