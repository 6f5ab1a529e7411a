/** Where reports go: files that their owner alone can read. */
export type ReportStore = {
	/**
	 * Writes a file of a run's report, one for each kind; gives its path. The folder is made where it is missing.
	 * Throws the problem of one that cannot be written.
	 */
	readonly write: (runId: string, extension: string, chunks: AsyncIterable<string>) => Promise<string>;
};
