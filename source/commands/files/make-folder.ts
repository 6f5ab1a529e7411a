import {mkdir, stat} from 'node:fs/promises';
import path from 'node:path';

/**
 * Makes a folder for its owner alone, and what is missing above it, level by level. Throws node's error of the level that cannot be made:
 * where one answers that there is nothing to make it in, as below /proc, node's own recursive way tries again without end (Node 20).
 */
export async function makeFolder(folder: string): Promise<void> {
	const missing: string[] = [];
	for (let level = path.resolve(folder); !(await isThere(level)); level = path.dirname(level))
		missing.unshift(level);
	for (const level of missing) {
		await mkdir(level, {mode: 0o700}).catch((error: unknown) => {
			// Another process makes it at the same time.
			if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
		});
	}
}

async function isThere(level: string): Promise<boolean> {
	try {
		await stat(level);
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || path.dirname(level) === level) throw error;
		return false;
	}
}
