import type {WatchedObject} from './watched-object.js';

/** Settled objects that are in memory no more: in a file, which is made for the first of them. */
type SettledArchive = {
	readonly add: (object: WatchedObject) => void;
	/** What has been added so far, however much comes while it is read. Throws what keeps the file from being read. */
	readonly objects: () => AsyncIterable<WatchedObject>;
	/** How many could not be written. */
	readonly lostCount: number;
	/** Removes the file. */
	readonly close: () => void;
};

/** @param open makes the file; absent: nothing is kept */
export function createSettledArchive(open: OpenSettledFile | undefined): SettledArchive {
	let file: SettledFile | undefined;
	let unkeptCount = 0;
	return {
		add(object) {
			try {
				file ??= open?.();
			} catch {
				// A full disk is no reason to stop watching; the export says what is missing.
			}

			if (file) file.append(JSON.stringify(object));
			else unkeptCount++;
		},
		async *objects() {
			if (file) for await (const line of file.lines()) yield JSON.parse(line) as WatchedObject;
		},
		get lostCount() {
			return unkeptCount + (file?.lostCount ?? 0);
		},
		close() {
			file?.remove();
			file = undefined;
		},
	};
}

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
