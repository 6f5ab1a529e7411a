import {readdir, rm, stat, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {readRegularFile} from '../../aws/transport/read-regular-file.js';
import {
	type ListedHandOver,
	type OpenHandOver,
	readOpenHandOver,
} from '../../domain/hand-over/open-hand-over.js';
import {receiptHash} from '../../domain/hand-over/receipt.js';
import type {HandOverStore} from '../../session/report/stores.js';
import {makeFolder} from './make-folder.js';
import {openReceipt} from './receipt-files.js';

const extension = '.json';
/** A path, two buckets and a profile. */
const limitBytes = 65_536;

/**
 * Open hand-overs as files below a state directory: `hand-overs/<hash of the receipt>.json`, readable by their owner alone.
 * @param arrivals folders where files arrive, where one that comes back is looked for as well
 */
export function handOverFiles(directory: string, arrivals: readonly string[] = []): HandOverStore {
	const folder = path.join(directory, 'hand-overs');
	const fileOf = (id: string): string => path.join(folder, `${id}${extension}`);

	/** Where the receipt is, confirmed; nothing where it has not come back. What is wrong with a file is said to whoever goes on with it. */
	async function confirmedAt({id, file}: OpenHandOver): Promise<string | undefined> {
		for (const place of await placesOf(file, arrivals)) {
			const receipt = await openReceipt(place).catch(() => undefined);
			if (receipt?.confirmation && receiptHash(receipt) === id) return place;
		}

		return undefined;
	}

	async function listed(name: string): Promise<readonly ListedHandOver[]> {
		try {
			const found = readOpenHandOver((await readRegularFile(path.join(folder, name), limitBytes)).text);
			if (!found || name !== `${found.id}${extension}`) return [];
			const back = await confirmedAt(found);
			// Of one that was taken away, and did not come back, there is nothing to go on with.
			if (back === undefined) await stat(found.file);
			return [{...found, file: back ?? found.file, isConfirmed: back !== undefined}];
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

/** How many files of a folder are looked at: downloads of the same name have numbers behind it. */
const namesPerFolder = 20;

/** Where a file may have come back to: its own place, or under its name, with something behind it, in a folder where files arrive. */
async function placesOf(file: string, arrivals: readonly string[]): Promise<readonly string[]> {
	const {name, ext, dir} = path.parse(file);
	const folders = [...new Set([dir, ...arrivals.map((one) => path.resolve(one))])];
	const found = await Promise.all(
		folders.map(async (folder) => {
			const names = await readdir(folder).catch((): readonly string[] => []);
			return names
				.filter((one) => one.startsWith(name) && one.endsWith(ext))
				.slice(0, namesPerFolder)
				.map((one) => path.join(folder, one));
		}),
	);
	return [...new Set([file, ...found.flat()])];
}
