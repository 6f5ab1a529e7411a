import {constants} from 'node:fs';
import {lstat, mkdtemp, open, readdir, readlink, rm, writeFile} from 'node:fs/promises';
import {hostname, tmpdir} from 'node:os';
import {join} from 'node:path';

/** Who made a folder. A process id says who only on one machine, and within one namespace of process ids. */
type Owner = {readonly processId: number; readonly host: string; readonly namespace: string};

export const ownerFile = 'owner.json';
const ownName = /^s3-replicate-(sandbox|bodies)-[A-Za-z0-9]{6}$/;
const maxOwnerBytes = 1024;
const othersMode = 0o077;

/** Makes a folder for its owner alone in the system's temporary folder, which says what process made it. */
export async function makePrivateFolder(kind: 'sandbox' | 'bodies', parent = tmpdir()): Promise<string> {
	// mkdtemp makes it for its owner alone.
	const path = await mkdtemp(join(parent, `s3-replicate-${kind}-`));
	const owner: Owner = {processId: process.pid, host: hostname(), namespace: await namespaceOfProcesses()};
	await writeFile(join(path, ownerFile), JSON.stringify(owner), {flag: 'wx', mode: 0o600});
	return path;
}

/**
 * Removes the private folders that this user's sandboxes left when they were killed: those alone whose process is
 * certainly gone. A symbolic link, a folder that others may write to and one that does not say whose it is all stay.
 */
export async function removeAbandonedFolders(parent = tmpdir()): Promise<void> {
	const names = (await readdir(parent)).filter((name) => ownName.test(name));
	for (const name of names) {
		const path = join(parent, name);
		// What another sandbox removes at the same time is gone already.
		if (await isAbandoned(path).catch(() => false)) await rm(path, {recursive: true, force: true});
	}
}

async function isAbandoned(path: string): Promise<boolean> {
	const found = await lstat(path);
	const isOurs = found.isDirectory() && found.uid === process.getuid?.() && (found.mode & othersMode) === 0;
	if (!isOurs) return false;
	const {processId, host, namespace} = await readOwner(join(path, ownerFile));
	return host === hostname() && namespace === (await namespaceOfProcesses()) && isGone(processId);
}

async function readOwner(file: string): Promise<Partial<Owner>> {
	const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
	try {
		const {buffer, bytesRead} = await handle.read(Buffer.alloc(maxOwnerBytes));
		return JSON.parse(buffer.toString('utf8', 0, bytesRead)) as Partial<Owner>;
	} finally {
		await handle.close();
	}
}

/** Linux names the namespace (pid_namespaces(7)); elsewhere there is one. */
async function namespaceOfProcesses(): Promise<string> {
	return readlink('/proc/self/ns/pid').catch(() => 'one');
}

/** A process that cannot be signalled for another reason is there. */
function isGone(processId: unknown): boolean {
	if (!Number.isSafeInteger(processId) || (processId as number) <= 0) return false;
	try {
		process.kill(processId as number, 0);
		return false;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'ESRCH';
	}
}
