import {link, readdir, rename, rm, unlink} from 'node:fs/promises';
import path from 'node:path';
import {type Found, newToken, readLock, tokenOf, writeLock} from './lock-file.js';
import {type Life, lifeOf, ownIdentity, type ProcessIdentity} from './process-identity.js';

/** What has just been done, for a test that stops a process there. */
type LockStep = 'written' | 'linked' | 'examined' | 'claimed' | 'looked-again' | 'replaced' | 'unclaimed';

/** `taken`: until `release` is called. `held`: by a process that is there, or may be. */
export type LockResult =
	| {readonly is: 'taken'; readonly release: () => Promise<void>}
	| {readonly is: 'held'; readonly found: Extract<Found, {is: 'held' | 'unreadable'}>; readonly life: Life};

type OnStep = (step: LockStep, file: string) => void;

/** Each round that finds something new means that another process got somewhere. */
const maxRounds = 1000;

/**
 * Takes a lock, which is a file that names its process, for this process alone; gives who holds it otherwise. Throws node's errors of
 * a folder that cannot be written.
 *
 * A lock that is free is taken by link(2): it fails where there is one, and what it puts there is whole. The lock of a process that is no
 * more is taken over under a second lock, whose name holds the token of the one that is left: who holds that one and still sees that
 * token may put their own in its place by rename(2), and nobody else may. A fresh lock cannot be taken away: it has another
 * token. Who dies while taking over leaves the second lock, which is taken over in the same way.
 */
export async function takeLock(file: string, onStep: OnStep = () => undefined): Promise<LockResult> {
	const result = await take(file, file, await ownIdentity(), onStep);
	if (result.is === 'taken') await sweep(file, onStep).catch(() => undefined);
	return result;
}

async function take(
	file: string,
	root: string,
	identity: ProcessIdentity,
	onStep: OnStep,
): Promise<LockResult> {
	const token = newToken();
	const ownFile = `${root}.${token}.new`;
	const taken: LockResult = {is: 'taken', release: async () => release(file, token)};
	await writeLock(ownFile, {...identity, token});
	onStep('written', file);
	try {
		for (let round = 0; round < maxRounds; round++) {
			if (await isLinked(ownFile, file)) {
				onStep('linked', file);
				return taken;
			}

			const found = await readLock(file);
			if (found.is === 'nobody') continue;
			if (found.is === 'unreadable') return {is: 'held', found, life: 'unknown'};
			// An answer that a network's file system lost: it was linked all the same.
			if (tokenOf(found) === token) return taken;
			const life = found.is === 'held' ? await lifeOf(found.holder) : 'gone';
			onStep('examined', file);
			if (found.is === 'held' && life !== 'gone') return {is: 'held', found, life};
			const claim = await take(`${root}.${tokenOf(found)}.claim`, root, identity, onStep);
			if (claim.is === 'held') return claim;
			onStep('claimed', file);
			const again = await readLock(file);
			onStep('looked-again', file);
			const isStillLeft = tokenOf(again) === tokenOf(found);
			if (isStillLeft) await rename(ownFile, file);
			onStep('replaced', file);
			await claim.release();
			onStep('unclaimed', file);
			if (isStillLeft) return taken;
		}

		throw new Error(`${file} does not come to rest`);
	} finally {
		await rm(ownFile, {force: true});
	}
}

async function isLinked(ownFile: string, file: string): Promise<boolean> {
	try {
		await link(ownFile, file);
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
		throw error;
	}
}

/** Lets go. What a person has deleted, and somebody else has taken since, stays. */
async function release(file: string, token: string): Promise<void> {
	const found = await readLock(file);
	if (found.is === 'held' && found.holder.token === token) await unlink(file).catch(() => undefined);
}

/** Removes what processes that were killed while taking this lock have left beside it. */
async function sweep(root: string, onStep: OnStep): Promise<void> {
	const folder = path.dirname(root);
	const left = (await readdir(folder)).filter((name) => name.startsWith(`${path.basename(root)}.`));
	for (const name of left) {
		const file = path.join(folder, name);
		const found = await readLock(file);
		if (found.is !== 'held' || (await lifeOf(found.holder)) !== 'gone') continue;
		if (name.endsWith('.new')) {
			// Nobody else ever touches it under this name, and its process is no more.
			await unlink(file);
		} else if (name.endsWith('.claim')) {
			const claim = await take(file, root, await ownIdentity(), onStep);
			if (claim.is === 'taken') await claim.release();
		}
	}
}
