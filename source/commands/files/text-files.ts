import {chmod, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {readRegularFile} from '../../aws/transport/read-regular-file.js';
import {makeFolder} from './make-folder.js';

/**
 * The text of a file; nothing where there is none.
 *
 * @param asProblem what is thrown where it cannot be read, of the error
 */
export async function textIn(
	place: string,
	asProblem: (error: unknown) => Error,
	limitBytes?: number,
): Promise<string | undefined> {
	try {
		return (await readRegularFile(place, limitBytes)).text;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
		throw asProblem(error);
	}
}

/** Writes a file for its owner alone, over what is there. Throws node's error of a place that cannot be written. */
export async function writePrivately(place: string, text: string): Promise<void> {
	await makeFolder(path.dirname(place));
	await writeFile(place, text, {mode: 0o600});
	// One that was there keeps its permissions otherwise.
	await chmod(place, 0o600);
}
