import {closeSync, createReadStream, mkdtempSync, openSync, rmSync, writeSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {createInterface} from 'node:readline';
import type {SettledFile} from '../session/watch/settled-file.js';

const chunkLength = 65_536;

/**
 * A file for settled objects in a new folder of the temporary files that its owner alone can read. Lines are gathered and written
 * some hundred at a time, at once: a queue of them would grow where the disk is slow.
 */
export function openSettledFile(): SettledFile {
	const folder = mkdtempSync(path.join(tmpdir(), 's3-replicate-'));
	const file = path.join(folder, 'settled.jsonl');
	const handle = openSync(file, 'wx', 0o600);
	let waiting = '';

	function flush(): void {
		const text = waiting;
		waiting = '';
		if (text !== '') writeSync(handle, text);
	}

	return {
		append(line) {
			waiting += `${line}\n`;
			if (waiting.length >= chunkLength) flush();
		},
		async *lines() {
			flush();
			const input = createReadStream(file, 'utf8');
			yield* createInterface({input, crlfDelay: Infinity});
		},
		remove() {
			closeSync(handle);
			rmSync(folder, {recursive: true, force: true});
		},
	};
}
