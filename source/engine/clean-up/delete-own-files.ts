import type {BucketReference, Objects} from '../../aws/ports.js';
import type {OwnFiles} from '../../domain/record/own-files.js';
import type {ProblemError} from '../../domain/problem.js';
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
	const patiently: Patiently = async (call) => withRetries(call, () => undefined, context);
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
			await patiently(async () => objects.deleteVersions(reference, page.own));
		}

		if (deleted > 0) continue;
		if (refusal) throw refusal;
		return {othersCount, example};
	}
}
