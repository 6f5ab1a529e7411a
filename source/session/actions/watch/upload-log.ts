import {isRecordable, type OwnFiles, recordedVersion} from '../../../domain/record/own-files.js';
import type {Clock} from '../../../engine/clock.js';
import type {Recorder} from '../../../engine/record/recorder.js';
import type {UploadNotes} from '../../../engine/watch/watch-options.js';

/** So many versions are written down; what comes after them is known by its metadata, which costs a request each. */
const maxVersions = 100_000;
const maxInLine = 1000;
const longestWaitMs = 1000;

/** Which versions a session has uploaded: kept in memory and written down in lines of many, within bounds. */
type UploadLog = {
	/** Begins with what is going to be uploaded below a prefix. */
	readonly begin: (prefix: string) => UploadNotes;
	/** Writes down what is not yet; resolves when it is on the disk, or cannot be. */
	readonly flush: () => Promise<void>;
	/** What tells the files below a prefix from others'. */
	readonly ownFiles: (prefix: string) => OwnFiles;
};

/** What cannot be written down is no failure: the metadata of the files say the same. */
export function createUploadLog(recorder: () => Promise<Recorder | undefined>, clock: Clock): UploadLog {
	const recorded = new Set<string>();
	let waiting: Array<readonly [string, string]> = [];
	/** When the first of those that wait came. */
	let waitingSince = 0;
	let writing: Promise<void> = Promise.resolve();
	/** How many uploads have begun of which nobody knows the version: it may be there. */
	let unknown = 0;
	let isWhole = true;

	function write(isOver: boolean): void {
		const versions = waiting;
		waiting = [];
		const isComplete = isOver && isWhole && unknown === 0;
		if (versions.length === 0 && !isComplete) return;
		writing = writing.then(async () => {
			const written = await recorder();
			if (written && !(await written.versions(versions, isComplete && isWhole))) isWhole = false;
		});
	}

	return {
		begin: (prefix) => ({
			beginning() {
				unknown++;
			},
			uploaded(key, versionId, isOnlyOne) {
				const name = key.slice(prefix.length);
				if (!isRecordable(versionId) || recorded.size >= maxVersions) {
					isWhole = false;
					return;
				}

				if (isOnlyOne) unknown--;
				if (waiting.length === 0) waitingSince = clock.now();
				recorded.add(recordedVersion(name, versionId));
				waiting.push([name, versionId]);
				if (waiting.length >= maxInLine || clock.now() - waitingSince >= longestWaitMs) write(false);
			},
		}),
		async flush() {
			write(true);
			await writing;
		},
		ownFiles: (prefix) => ({prefix, recorded, isComplete: isWhole && unknown === 0, isMarked: true}),
	};
}
