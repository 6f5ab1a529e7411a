import {type BodyStore, type BodyWriter, type StoredBody} from '../../world/body-store.js';
import {type BodyFindings, type BodySink} from './read-request-body.js';

/** The body of an upload, held until the action takes it over or the request ends without. */
export class ReceivedBody {
	readonly #store: BodyStore;
	readonly #writer: BodyWriter;
	#state: 'open' | 'held' | 'taken' = 'open';
	#body: StoredBody | undefined;
	#md5 = '';

	constructor(store: BodyStore) {
		this.#store = store;
		this.#writer = store.receive();
	}

	/** Reads it by the given reader. */
	async fill(read: (sink: BodySink) => Promise<BodyFindings>): Promise<BodyFindings> {
		const findings = await read(this.#writer);
		this.#body = await this.#writer.finish();
		this.#md5 = findings.md5;
		this.#state = 'held';
		return findings;
	}

	/** In hexadecimal. */
	get md5(): string {
		return this.#md5;
	}

	/** Hands the bytes over: who takes them lets go of them. */
	take(): StoredBody {
		if (this.#body === undefined || this.#state !== 'held') throw new Error('The body was taken before');
		this.#state = 'taken';
		return this.#body;
	}

	/** Lets go of bytes that nobody took. */
	async end(): Promise<void> {
		if (this.#state === 'open') await this.#writer.abandon();
		if (this.#state === 'held') this.#store.release(this.take());
	}
}
