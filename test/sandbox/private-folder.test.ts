import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync} from 'node:fs';
import {chmod, mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {basename, join} from 'node:path';
import {afterAll, beforeAll, expect, it} from 'vitest';
import {makePrivateFolder, removeAbandonedFolders} from '../../source/sandbox/files/private-folder.js';
import {startSandbox} from '../../source/sandbox/start-sandbox.js';

let parent: string;
let goneProcessId: number;
beforeAll(async () => {
	parent = await mkdtemp(join(tmpdir(), 's3-replicate-test-'));
	const child = spawn(process.execPath, ['-e', '0']);
	goneProcessId = child.pid ?? 0;
	await once(child, 'exit');
});
afterAll(() => rm(parent, {recursive: true, force: true}));

const change = async (path: string, owner: object): Promise<void> => {
	const known = JSON.parse(await readFile(join(path, 'owner.json'), 'utf8')) as object;
	await writeFile(join(path, 'owner.json'), JSON.stringify({...known, ...owner}));
};

/** A folder as a sandbox leaves it that was killed. */
async function abandoned(kind: 'sandbox' | 'bodies' = 'sandbox', where = parent): Promise<string> {
	const path = await makePrivateFolder(kind, where);
	await change(path, {processId: goneProcessId});
	await mkdir(join(path, 'folder'));
	await writeFile(join(path, 'folder/credentials'), 'secret');
	return path;
}

it.each(['sandbox', 'bodies'] as const)(
	'A %s folder goes, with all in it, when its process is gone',
	async (kind) => {
		const path = await abandoned(kind);
		await removeAbandonedFolders(parent);
		expect(existsSync(path)).toBe(false);
	},
);

it.each([
	['is of a process that runs', (path: string) => change(path, {processId: process.pid})],
	['is of another machine', (path: string) => change(path, {host: 'elsewhere.invalid'})],
	['is of another namespace of processes', (path: string) => change(path, {namespace: 'pid:[1]'})],
	['names no process', (path: string) => change(path, {processId: 'none'})],
	['names all processes', (path: string) => change(path, {processId: -1})],
	['says nothing of whose it is', (path: string) => rm(join(path, 'owner.json'))],
	['says it in another form', (path: string) => writeFile(join(path, 'owner.json'), 'mine')],
	['may be read by others', (path: string) => chmod(path, 0o750)],
] as const)('A folder stays that %s', async (_what, turn) => {
	const path = await abandoned();
	await turn(path);
	await removeAbandonedFolders(parent);
	expect(existsSync(join(path, 'folder/credentials'))).toBe(true);
});

it('A folder with another name stays', async () => {
	const path = await abandoned();
	await rename(path, join(parent, 'mine'));
	await removeAbandonedFolders(parent);
	expect(existsSync(join(parent, 'mine/folder/credentials'))).toBe(true);
});

it('Symbolic links are neither followed nor removed: to a folder, to its owner, to what is in it', async () => {
	const outside = await mkdtemp(join(parent, 'outside-'));
	const linked = await abandoned('sandbox', outside);
	const link = join(parent, basename(linked));
	await symlink(linked, link);
	const withLinkedOwner = await abandoned();
	await rename(join(withLinkedOwner, 'owner.json'), join(outside, 'owner.json'));
	await symlink(join(outside, 'owner.json'), join(withLinkedOwner, 'owner.json'));
	const withLink = await abandoned();
	await symlink(outside, join(withLink, 'outside'));
	await removeAbandonedFolders(parent);
	expect(
		[link, join(linked, 'folder/credentials'), withLinkedOwner, withLink].map((path) => existsSync(path)),
	).toEqual([true, true, true, false]);
});

it('A sandbox removes what another one left when it was killed, and leaves nothing itself', async () => {
	const path = await abandoned('sandbox', tmpdir());
	const sandbox = await startSandbox();
	await sandbox.close();
	expect(existsSync(path)).toBe(false);
	expect(existsSync(sandbox.configFile)).toBe(false);
});
