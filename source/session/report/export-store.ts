import type {ExportedFile} from '../../domain/export/set-up.js';

/** Where exports go. */
export type ExportStore = {
	/**
	 * Writes files into a folder, which is made where it is missing; gives their paths. One that is there with another content is left alone:
	 * throws its problem before anything is written.
	 */
	readonly save: (folder: string, files: readonly ExportedFile[]) => Promise<readonly string[]>;
};
