import type {ListedHandOver, OpenHandOver} from '../../domain/hand-over/open-hand-over.js';
import type {Receipt} from '../../domain/hand-over/receipt.js';

/** Which hand-overs of this machine are open. */
export type HandOverStore = {
	/** Notes that one was written; over an older note of the same receipt. */
	readonly note: (one: OpenHandOver) => Promise<void>;
	/** Those whose receipt is still there, the newest first. Never throws: what cannot be read is not listed. */
	readonly list: () => Promise<readonly ListedHandOver[]>;
	/** Reads a receipt. Throws the problem of a file that is absent, unreadable or no receipt. */
	readonly open: (file: string) => Promise<Receipt>;
	/** It is gone on with to its end. */
	readonly forget: (id: string) => Promise<void>;
};
