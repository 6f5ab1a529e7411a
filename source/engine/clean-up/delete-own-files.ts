import type {BucketReference, Objects} from '../../aws/ports.js';
import type {OwnFiles} from '../../domain/record/own-files.js';
import {isLockedAt, lockText, type VersionLock} from '../../domain/observed/version-lock.js';
import {answerOf, fixable, ProblemError} from '../../domain/problem.js';
import {locksOf} from './locks-of.js';
import {ownVersions, type Patiently} from './own-versions.js';
import {type RetryContext, withRetries} from '../retry.js';

/**
 * Deletes the versions of test files that a run uploaded, or their replicas, in one bucket, up to a thousand a request, and nothing else.
 * Goes through the bucket again until it finds none: a replica may arrive behind it. Safe to run twice.
 * Gives how many versions and markers it left, because they are not provably the run's, and one of them. Throws the problem that stopped it, or of what may not be looked at.
 */
export async function deleteOwnFiles(
	objects: Objects,
	reference: BucketReference,
	files: OwnFiles,
	context: RetryContext,
): Promise<{readonly othersCount: number; readonly example?: string}> {
	const patiently: Patiently = async (call) => withRetries(call, context);
	for (;;) {
		let deleted = 0;
		let othersCount = 0;
		let example: string | undefined;
		let refusal: ProblemError | undefined;
		for await (const page of ownVersions(objects, reference, files, {patiently, signal: context.signal})) {
			othersCount += page.others.length;
			example ??= page.others[0]?.key;
			refusal ??= page.refusal;
			if (page.own.length === 0) continue;
			deleted += page.own.length;
			try {
				await patiently(async () => objects.deleteVersions(reference, page.own));
			} catch (error) {
				const locks =
					answerOf(error)?.httpStatus === 403
						? await locksOf(objects, reference, page.own, context.signal)
						: [];
				const held = locks.filter((lock) => isLockedAt(lock, context.clock.now()));
				throw held.length === 0 ? error : lockedProblem(reference.bucket, held);
			}
		}

		if (deleted > 0) continue;
		if (refusal) throw refusal;
		return {othersCount, example};
	}
}

/** Object Lock answers AccessDenied to whoever asks: no permission would help. Source: S3 User Guide, "Locking objects with Object Lock". */
function lockedProblem(bucket: string, held: readonly VersionLock[]): ProblemError {
	const what = held.length === 1 ? '1 version' : `${held.length} versions`;
	return new ProblemError(
		fixable(
			'files-locked',
			`Cannot delete test files: ${lockText(held)}`,
			`Object Lock keeps ${what} in ${bucket}. What is not locked is deleted; a lock is never bypassed.`,
			['Run undo again after that date: it deletes them.'],
		),
	);
}
