import {mkdir, open} from 'node:fs/promises';
import path from 'node:path';
import {fixable, ProblemError} from '../domain/problem.js';
import type {ReportStore} from '../session/report/report-store.js';

const chunkLength = 65_536;

/** Reports as files that their owner alone can read; one of the same name is written anew. */
export const reportFiles: ReportStore = {
	async write(directory, name, chunks) {
		const file = path.resolve(directory, name);
		try {
			await mkdir(path.dirname(file), {recursive: true, mode: 0o700});
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
		} catch (error) {
			throw new ProblemError(
				fixable(
					'report-not-writable',
					`Cannot write the report ${file}`,
					error instanceof Error ? error.message : String(error),
					['Make the place writable for you, or make room on the disk.', 'Write it again.'],
				),
			);
		}

		return file;
	},
};
