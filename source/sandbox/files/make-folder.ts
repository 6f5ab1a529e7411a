import {mkdir, stat} from 'node:fs/promises';
import {dirname, resolve} from 'node:path';

/**
 * Makes a folder for its owner alone, level by level, and gives the first level that it made. Throws node's error of the level that cannot
 * be made: below /proc node's own recursive way tries again without end (Node 20). The program has the same of its own: nothing of ours
 * but policies is shared with it.
 */
export async function makeFolder(folder: string): Promise<string | undefined> {
	const missing: string[] = [];
	for (let level = resolve(folder); !(await isThere(level)); level = dirname(level)) missing.unshift(level);
	for (const level of missing) {
		await mkdir(level, {mode: 0o700}).catch((error: unknown) => {
			if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
		});
	}

	return missing[0];
}

async function isThere(level: string): Promise<boolean> {
	try {
		await stat(level);
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || dirname(level) === level) throw error;
		return false;
	}
}
