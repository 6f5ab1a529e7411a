/** A file of this machine that a person wants to upload. */
export type LocalFile = {
	/** Its name without folders. */
	readonly name: string;
	readonly sizeBytes: number;
	/** What it holds now. Throws the problem that keeps it from being read. */
	readonly read: () => Promise<Uint8Array>;
};

/** Files of this machine. */
export type LocalFiles = {
	/**
	 * Finds a file by its path as it is typed, or dropped into a terminal. Throws the problem of one that is missing, no file, unreadable
	 * or too large.
	 */
	readonly find: (typed: string) => Promise<LocalFile>;
};
