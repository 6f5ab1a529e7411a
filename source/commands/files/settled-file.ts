import {closeSync, createReadStream, ftruncateSync, mkdtempSync, openSync, rmSync, writeSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import type {SettledFile} from '../../session/watch/settled-archive.js';

const chunkLength = 65_536;

/**
 * A file for settled objects in a new folder of the temporary files (or of another one) that its owner alone can read. Lines are gathered
 * and written some hundred at a time, at once: a queue of them would grow where the disk is slow. It is read through the handle it is
 * written with, so that whoever clears the temporary files away takes nothing from the exports.
 */
export function openSettledFile({
	parent = tmpdir(),
	write = writeSync,
}: {readonly parent?: string; readonly write?: typeof writeSync} = {}): SettledFile {
	const folder = mkdtempSync(path.join(parent, 's3-replicate-'));
	const handle = openSync(path.join(folder, 'settled.jsonl'), 'wx+', 0o600);
	let waiting: string[] = [];
	let waitingLength = 0;
	let sizeBytes = 0;
	let lostCount = 0;
	let readers = 0;
	let isOver = false;

	/** Writes what has been gathered. Where only a part of it fits none of it stays: half a line would spoil what comes behind it. */
	function flush(): void {
		const lines = waiting;
		waiting = [];
		waitingLength = 0;
		const bytes = Buffer.from(lines.join(''));
		try {
			for (let written = 0; written < bytes.length;)
				written += write(handle, bytes, written, bytes.length - written, sizeBytes + written);
			sizeBytes += bytes.length;
		} catch {
			lostCount += lines.length;
			ftruncateSync(handle, sizeBytes);
		}
	}

	/** Removes the file; while it is still read, for those who have it open already. */
	function discard(): void {
		if (readers === 0) closeSync(handle);
		rmSync(folder, {recursive: true, force: true});
	}

	return {
		append(line) {
			waiting.push(`${line}\n`);
			waitingLength += line.length;
			if (waitingLength >= chunkLength) flush();
		},
		async *lines() {
			flush();
			if (sizeBytes === 0) return;
			const options = {fd: handle, autoClose: false, encoding: 'utf8', start: 0, end: sizeBytes - 1} as const;
			readers++;
			try {
				let rest = '';
				// By hand: what node calls a line also ends where a key has U+2028.
				for await (const chunk of createReadStream('', options) as AsyncIterable<string>) {
					const lines = (rest + chunk).split('\n');
					rest = lines.pop() ?? '';
					yield* lines;
				}
			} finally {
				readers--;
				if (isOver) discard();
			}
		},
		get lostCount() {
			return lostCount;
		},
		remove() {
			isOver = true;
			discard();
		},
	};
}
