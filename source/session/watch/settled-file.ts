/** A private file for settled objects, a line each: they are many, and only exports read them. */
export type SettledFile = {
	append(line: string): void;
	/** What has been appended so far. */
	lines(): AsyncIterable<string>;
	/** Removes the file. */
	remove(): void;
};

/** Makes such a file when the first line is written. Throws what keeps it from being made. */
export type OpenSettledFile = () => SettledFile;
