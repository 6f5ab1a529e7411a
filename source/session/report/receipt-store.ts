/** Where receipts go. */
export type ReceiptStore = {
	/** Writes a receipt, over an older one too; gives its path. Throws the problem of a place that cannot be written, or holds something else. */
	readonly save: (file: string, text: string) => Promise<string>;
};
