/** Where reports go: files that their owner alone can read. */
export type ReportStore = {
	/** Writes a file into a directory, which is made where it is missing; gives its path. Throws the problem of one that cannot be written. */
	write(directory: string, name: string, chunks: AsyncIterable<string>): Promise<string>;
};
