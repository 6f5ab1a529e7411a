import {open, rm} from 'node:fs/promises';
import path from 'node:path';
import {fixable, messageOf, ProblemError} from '../../domain/problem.js';
import type {ExportStore} from '../../session/report/stores.js';
import {makeFolder} from './make-folder.js';
import {textIn} from './text-files.js';

const limitBytes = 16 * 1_048_576;

/** Exports as files that their owner alone can read. What somebody has edited since is never written over. */
export function exportFiles(): ExportStore {
	return {
		async save(folder, files) {
			const missing: Array<{readonly place: string; readonly text: string; readonly mode: number}> = [];
			for (const {name, text, isProgram} of files) {
				const place = path.resolve(folder, name);
				const there = await textIn(place, notWritable(place), limitBytes);
				if (there === undefined) missing.push({place, text, mode: isProgram ? 0o700 : 0o600});
				else if (there !== text) throw new ProblemError(otherContent(place));
			}

			for (const {place, text, mode} of missing) {
				try {
					await makeFolder(path.dirname(place));
					const handle = await open(place, 'wx', mode);
					try {
						await handle.writeFile(text);
					} catch (error) {
						// Half of it would stand in the way of the next export.
						await rm(place, {force: true});
						throw error;
					} finally {
						await handle.close();
					}
				} catch (error) {
					throw notWritable(place)(error);
				}
			}

			return files.map(({name}) => path.resolve(folder, name));
		},
	};
}

function otherContent(place: string) {
	return fixable(
		'export-file-there',
		`Cannot write ${place}: it has another content`,
		'It was written before, and it or what is set up has changed since. Nothing was written.',
		['Name another folder: --directory DIR.', 'Or delete the file, and export again.'],
	);
}

const notWritable = (place: string) => (error: unknown) =>
	new ProblemError(
		fixable('export-not-writable', `Cannot write ${place}`, messageOf(error), [
			'Make the place writable for you, or make room on the disk.',
			'Or name another folder: --directory DIR.',
		]),
	);
