import {writeSync} from 'node:fs';
import {readdir, rm, stat} from 'node:fs/promises';
import path from 'node:path';
import {expect, test} from 'vitest';
import {openSettledFile} from '../../source/commands/files/settled-file.js';
import {temporaryFolder} from '../support/program.js';

const linesOf = async (lines: AsyncIterable<string>): Promise<readonly string[]> => {
	const all: string[] = [];
	for await (const line of lines) all.push(line);
	return all;
};
const numbered = (count: number, from = 0): readonly string[] =>
	Array.from({length: count}, (_, index) => `${from + index} ${'x'.repeat(100)}`);

test('gives back every line in its order, whatever is in it, to as many as ask', async () => {
	const file = openSettledFile({parent: await temporaryFolder()});
	expect(await linesOf(file.lines())).toEqual([]);
	const lines = [...numbered(2000), 'a\u2028b\u2029c\u0085d', '', 'äöü '.repeat(30_000)];
	for (const line of lines) file.append(line);
	expect(await linesOf(file.lines())).toEqual(lines);
	expect(await linesOf(file.lines())).toEqual(lines);
	file.remove();
});

test('is for its owner alone, and is gone when it is removed', async () => {
	const parent = await temporaryFolder();
	const file = openSettledFile({parent});
	const [folder = ''] = await readdir(parent);
	expect((await stat(path.join(parent, folder))).mode & 0o777).toBe(0o700);
	expect((await stat(path.join(parent, folder, 'settled.jsonl'))).mode & 0o777).toBe(0o600);
	file.remove();
	expect(await readdir(parent)).toEqual([]);
});

test('leaves what comes while it is read to the next one who asks', async () => {
	const file = openSettledFile({parent: await temporaryFolder()});
	for (const line of numbered(2000)) file.append(line);
	const read: string[] = [];
	for await (const line of file.lines()) {
		read.push(line);
		for (const more of numbered(2, 10_000)) file.append(more);
	}

	expect(read).toEqual(numbered(2000));
	expect(await linesOf(file.lines())).toHaveLength(6000);
	file.remove();
});

test('is read to its end when somebody clears it away, and when it is removed meanwhile', async () => {
	const parent = await temporaryFolder();
	const file = openSettledFile({parent});
	for (const line of numbered(2000)) file.append(line);
	await rm(parent, {recursive: true});
	for (const line of numbered(2000, 2000)) file.append(line);
	expect(await linesOf(file.lines())).toEqual(numbered(4000));
	const read: string[] = [];
	for await (const line of file.lines()) {
		if (read.push(line) === 1) file.remove();
	}

	expect(read).toEqual(numbered(4000));
	expect(file.lostCount).toBe(0);
});

test('counts every line that does not fit on the disk, and keeps no half of one', async () => {
	let isFull = false;
	const write = (handle: number, bytes: Uint8Array, offset: number, length: number, at: number): number => {
		if (!isFull) return writeSync(handle, bytes, offset, length, at);
		writeSync(handle, bytes, offset, Math.floor(length / 2), at);
		throw Object.assign(new Error('no space left on device'), {code: 'ENOSPC'});
	};
	const file = openSettledFile({parent: await temporaryFolder(), write: write as typeof writeSync});
	const [before, lost, after] = [numbered(700), numbered(700, 700), numbered(700, 1400)];
	for (const line of before) file.append(line);
	expect(await linesOf(file.lines())).toEqual(before);
	isFull = true;
	for (const line of lost) file.append(line);
	expect(await linesOf(file.lines())).toEqual(before);
	expect(file.lostCount).toBe(700);
	isFull = false;
	for (const line of after) file.append(line);
	expect(await linesOf(file.lines())).toEqual([...before, ...after]);
	expect(file.lostCount).toBe(700);
	file.remove();
});
