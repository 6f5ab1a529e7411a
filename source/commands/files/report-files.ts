import {open, stat} from 'node:fs/promises';
import path from 'node:path';
import {fixable, messageOf, ProblemError} from '../../domain/problem.js';
import type {ReportStore} from '../../session/report/stores.js';
import {makeFolder} from './make-folder.js';

const chunkLength = 65_536;

/**
 * Reports as files that their owner alone can read; one of the same name is written anew.
 *
 * @param directory where they go, named after their run
 * @param file where they go instead: this name, with the ending of each kind in the place of its own
 */
export function reportFiles(directory: string, file?: string): ReportStore {
	const pathOf = (runId: string, extension: string): string =>
		file === undefined
			? path.resolve(directory, `s3-replicate-${runId}.${extension}`)
			: `${path.resolve(file.replace(/\.(md|json|csv)$/i, ''))}.${extension}`;
	return {
		async write(runId, extension, chunks) {
			const place = pathOf(runId, extension);
			try {
				await makeFolder(path.dirname(place));
				await write(place, chunks);
			} catch (error) {
				throw new ProblemError(
					fixable('report-not-writable', `Cannot write the report ${place}`, messageOf(error), [
						'Make the place writable for you, or make room on the disk.',
						'Write it again.',
					]),
				);
			}

			return place;
		},
	};
}

async function write(file: string, chunks: AsyncIterable<string>): Promise<void> {
	// Opening a pipe would wait for whoever reads it.
	const existing = await stat(file).catch(() => undefined);
	if (existing && !existing.isFile()) throw new Error('It is there, and is no regular file.');
	const handle = await open(file, 'w', 0o600);
	try {
		// One that was there keeps its permissions otherwise.
		await handle.chmod(0o600);
		let waiting = '';
		for await (const chunk of chunks) {
			waiting += chunk;
			if (waiting.length < chunkLength) continue;
			await handle.write(waiting);
			waiting = '';
		}

		await handle.write(waiting);
	} finally {
		await handle.close();
	}
}
