import type {BucketReference, Objects} from '../../aws/ports.js';
import type {ExistingObjects} from '../../domain/batch/existing-objects.js';
import {inParallel} from '../in-parallel.js';

/** A rule that was there is judged by so many objects at most. */
const sampleSize = 20;
/** Test files of this program are of no interest. */
const testFile = /(?:^|\/)s3-replicate-test\//;

/**
 * Looks at what a source holds already, in one request for a new rule, and with a HEAD each of a few for one that was there. Nothing where
 * that may not be read: then nothing is said of it. Source: S3 User Guide, "What does Amazon S3 replicate?" (objects that existed before).
 */
export async function lookForExisting(
	objects: Pick<Objects, 'listVersions' | 'describeVersion'>,
	reference: BucketReference,
	prefix: string,
	isRuleNew: boolean,
	signal?: AbortSignal,
): Promise<ExistingObjects | undefined> {
	try {
		const page = await objects.listVersions(reference, {prefix}, signal);
		const current = page.versions.filter(({key, isLatest}) => isLatest && !testFile.test(key));
		const isMore = page.next !== undefined;
		const sourceBucket = reference.bucket;
		if (isRuleNew)
			return {sourceBucket, kind: 'listed', looked: current.length, left: current.length, isMore};
		const step = Math.max(1, Math.floor(current.length / sampleSize));
		const sample = current.filter((_, index) => index % step === 0).slice(0, sampleSize);
		let left = 0;
		await inParallel(sample, sampleSize, async ({key, versionId}) => {
			const seen = await objects.describeVersion(reference, {key, versionId}, signal);
			if (seen.state === 'present' && (seen.status === null || seen.status === 'FAILED')) left++;
		});
		return {sourceBucket, kind: 'sampled', looked: sample.length, left, isMore};
	} catch {
		signal?.throwIfAborted();
		return undefined;
	}
}
