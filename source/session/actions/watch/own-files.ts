import {fixable, type Problem, problemFrom} from '../../../domain/problem.js';
import {ownFileKey} from '../../../domain/watch/test-file.js';
import type {OwnFile, WatchControl} from '../../../engine/watch/watch-options.js';
import type {LocalFile, LocalFiles} from '../../watch/local-files.js';

/** The files that a person has named for upload in this run. */
type OwnFiles = Pick<WatchControl, 'contentOf'> & {
	/** Finds a file and the key that it gets; gives its problem where it cannot be uploaded. */
	readonly find: (typed: string, folder: string) => Promise<OwnFile | {readonly problem: Problem}>;
	/** How many were named; each counts as often as it was. */
	readonly count: () => number;
};

const nowhere = fixable('cannot-upload-file', 'Cannot upload a file', 'There are no files here.', []);

export function createOwnFiles(files: LocalFiles | undefined): OwnFiles {
	const known = new Map<string, LocalFile>();
	let named = 0;
	return {
		contentOf: (key) => known.get(key)?.read,
		async find(typed, folder) {
			if (!files) return {problem: nowhere};
			try {
				const file = await files.find(typed);
				const key = ownFileKey(folder, file.name);
				known.set(key, file);
				named++;
				return {key, sizeBytes: file.sizeBytes};
			} catch (error) {
				return {problem: problemFrom(error)};
			}
		},
		count: () => named,
	};
}
