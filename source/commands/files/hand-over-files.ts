import {readdir, rm, stat, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {readRegularFile} from '../../aws/transport/read-regular-file.js';
import {type ListedHandOver, readOpenHandOver} from '../../domain/hand-over/open-hand-over.js';
import type {HandOverStore} from '../../session/report/hand-over-store.js';
import {makeFolder} from './make-folder.js';
import {openReceipt} from './receipt-files.js';

const extension = '.json';
/** A path, two buckets and a profile. */
const limitBytes = 65_536;

/** Open hand-overs as files below a state directory: `hand-overs/<hash of the receipt>.json`, readable by their owner alone. */
export function handOverFiles(directory: string): HandOverStore {
	const folder = path.join(directory, 'hand-overs');
	const fileOf = (id: string): string => path.join(folder, `${id}${extension}`);

	async function listed(name: string): Promise<readonly ListedHandOver[]> {
		try {
			const found = readOpenHandOver((await readRegularFile(path.join(folder, name), limitBytes)).text);
			if (!found || name !== `${found.id}${extension}`) return [];
			// Of one that was taken away there is nothing to go on with.
			await stat(found.file);
			const isConfirmed = await openReceipt(found.file).then(
				({confirmation}) => confirmation !== undefined,
				// What is wrong with it is said to whoever goes on with it.
				() => false,
			);
			return [{...found, isConfirmed}];
		} catch {
			return [];
		}
	}

	return {
		async note(one) {
			await makeFolder(folder);
			await writeFile(fileOf(one.id), `${JSON.stringify(one)}\n`, {mode: 0o600});
		},
		async list() {
			const names = await readdir(folder).catch((): readonly string[] => []);
			const found = await Promise.all(names.filter((name) => /^[\da-f]+\.json$/.test(name)).map(listed));
			return found.flat().sort((one, other) => other.at - one.at);
		},
		open: openReceipt,
		async forget(id) {
			if (/^[\da-f]+$/.test(id)) await rm(fileOf(id), {force: true});
		},
	};
}
