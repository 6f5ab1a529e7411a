import type {BucketReference, Objects} from '../../aws/ports.js';
import type {VersionLock} from '../../domain/observed/version-lock.js';
import {answerOf} from '../../domain/problem.js';
import type {VersionName} from '../../domain/record/own-files.js';
import {inParallel} from '../in-parallel.js';

const parallelLooks = 16;

/**
 * What Object Lock says of versions, of those that it says something of. What may not be looked at counts as without: then the refusal of its
 * deletion tells. Throws what else stops it.
 */
export async function locksOf(
	objects: Objects,
	reference: BucketReference,
	versions: readonly VersionName[],
	signal?: AbortSignal,
): Promise<readonly VersionLock[]> {
	const found: VersionLock[] = [];
	await inParallel(versions, parallelLooks, async (version) => {
		try {
			const seen = await objects.headVersion(reference, version, signal);
			if (seen.state === 'existing' && seen.lock) found.push(seen.lock);
		} catch (error) {
			if (answerOf(error)?.httpStatus !== 403) throw error;
		}
	});
	return found;
}
