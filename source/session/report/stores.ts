import type {ExportedFile} from '../../domain/export/set-up.js';
import type {ListedHandOver, OpenHandOver} from '../../domain/hand-over/open-hand-over.js';
import type {Receipt} from '../../domain/hand-over/receipt.js';

/** Where reports go: files that their owner alone can read. */
export type ReportStore = {
	/**
	 * Writes a file of a run's report, one for each kind; gives its path. The folder is made where it is missing.
	 * Throws the problem of one that cannot be written.
	 */
	readonly write: (runId: string, extension: string, chunks: AsyncIterable<string>) => Promise<string>;
};

/** Where receipts go. */
export type ReceiptStore = {
	/** Writes a receipt, over an older one too; gives its path. Throws the problem of a place that cannot be written, or holds something else. */
	readonly save: (file: string, text: string) => Promise<string>;
};

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

/** Where exports go. */
export type ExportStore = {
	/**
	 * Writes files into a folder, which is made where it is missing; gives their paths. One that is there with another content is left alone:
	 * throws its problem before anything is written.
	 */
	readonly save: (folder: string, files: readonly ExportedFile[]) => Promise<readonly string[]>;
};
