import {mkdir, mkdtemp, rm, symlink, truncate, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {beforeAll, expect, onTestFinished, test} from 'vitest';
import {localFiles} from '../../source/commands/files/local-files.js';

let folder = '';
beforeAll(async () => {
	folder = await mkdtemp(path.join(tmpdir(), 's3-replicate-test-'));
	await mkdir(path.join(folder, 'inner'));
	await writeFile(path.join(folder, "it's my file.txt"), 'hello');
	await symlink(path.join(folder, 'round'), path.join(folder, 'round'));
	await writeFile(path.join(folder, 'large'), '');
	// Sparse: it takes no room.
	await truncate(path.join(folder, 'large'), 256 * 1024 * 1024 + 1);
	return async () => rm(folder, {recursive: true, force: true});
});

test.each([
	["it's my file.txt", 'as it is'],
	[String.raw`it\'s\ my\ file.txt`, 'with backslashes'],
	[`"it's my file.txt"`, 'in quotes'],
	[` ~/it's my file.txt `, 'below ~'],
])('%s finds a file (%s)', async (typed) => {
	const place = typed.includes('~') ? typed : typed.replace(/^"?/, (quote) => `${quote}${folder}/`);
	const file = await localFiles(folder).find(place);
	expect(file).toMatchObject({name: "it's my file.txt", sizeBytes: 5});
	expect(Buffer.from(await file.read()).toString()).toBe('hello');
});

test.each([
	['', 'no file is named'],
	['/missing', 'Cannot find the file'],
	['/inner', 'Cannot upload a folder'],
	["/it's my file.txt/inner", 'Cannot read the file'],
	['/round', 'Cannot read the file'],
	['/large', 'the file is too large'],
])('“%s” is refused with a headline', async (name, headline) => {
	const typed = name === '' ? ' ' : folder + name;
	await expect(localFiles(undefined).find(typed)).rejects.toMatchObject({
		problem: {headline: expect.stringContaining(headline), kind: 'fixable'},
	});
});

test('what has no end is refused, and a file that goes meanwhile is told', async () => {
	await expect(localFiles(undefined).find('/dev/null')).rejects.toMatchObject({
		problem: {headline: 'Cannot upload this'},
	});
	const gone = path.join(folder, 'gone');
	await writeFile(gone, 'x');
	onTestFinished(async () => rm(gone, {force: true}));
	const file = await localFiles(undefined).find(gone);
	await rm(gone);
	await expect(file.read()).rejects.toMatchObject({problem: {headline: 'Cannot find the file'}});
});
