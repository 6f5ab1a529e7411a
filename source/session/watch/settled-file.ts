/** A private file for settled objects, a line each: they are many, and only exports read them. */
export type SettledFile = {
	/** Never throws: what cannot be written is counted. */
	readonly append: (line: string) => void;
	/** What has been appended so far; what comes while they are read is left to the next one who asks. */
	readonly lines: () => AsyncIterable<string>;
	/** How many lines could not be written. */
	readonly lostCount: number;
	/** Removes the file. */
	readonly remove: () => void;
};

/** Makes such a file when the first line is written. Throws what keeps it from being made. */
export type OpenSettledFile = () => SettledFile;
