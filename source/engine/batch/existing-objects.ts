import type {BucketReference, Objects} from '../../aws/ports.js';
import type {ListedVersion} from '../../domain/batch/compare-current.js';
import type {ExistingObjects} from '../../domain/batch/existing-objects.js';
import type {RuleFilter} from '../../domain/rule/rule-filter.js';
import {inParallel} from '../in-parallel.js';

/** A rule that was there is judged by so many objects at most. */
const sampleSize = 20;
/** Of the rules of a bucket the prefixes of so many are listed. */
const mostListings = 5;
/** Test files of this program are of no interest. */
const testFile = /(?:^|\/)s3-replicate-test\//;

/**
 * Looks at what a source holds already of what its rules take, in one request for a new rule, and with a HEAD each of a few for those that
 * were there. Nothing where that may not be read: then nothing is said of it.
 * Source: S3 User Guide, "What does Amazon S3 replicate?" (objects that existed before).
 *
 * @param filters what the rules take
 */
export async function lookForExisting(
	objects: Pick<Objects, 'listVersions' | 'describeVersion' | 'getTags'>,
	reference: BucketReference,
	filters: readonly RuleFilter[],
	isRuleNew: boolean,
	signal?: AbortSignal,
): Promise<Omit<ExistingObjects, 'command'> | undefined> {
	try {
		const prefixes = widestOf(filters.map(({prefix}) => prefix));
		const pages = await Promise.all(
			prefixes
				.slice(0, mostListings)
				.map(async (prefix) => objects.listVersions(reference, {prefix}, signal)),
		);
		const takersOf = ({key}: ListedVersion) => filters.filter(({prefix}) => key.startsWith(prefix));
		const current = pages
			.flatMap(({versions}) => versions)
			.filter((version) => version.isLatest && !testFile.test(version.key) && takersOf(version).length > 0);
		const isMore = prefixes.length > mostListings || pages.some(({next}) => next !== undefined);
		const sourceBucket = reference.bucket;
		if (isRuleNew) {
			// A listing shows no tags.
			const hasTags = filters.every(({tags}) => tags.length > 0);
			const left = current.length;
			return {sourceBucket, kind: 'listed', looked: left, left, isMore, ...(hasTags ? {hasTags} : {})};
		}

		const isTaken = async (version: ListedVersion): Promise<boolean> => {
			const takers = takersOf(version);
			if (takers.some(({tags}) => tags.length === 0)) return true;
			const {key, versionId} = version;
			const own = await objects.getTags(reference, {key, versionId}, signal);
			return takers.some(({tags}) =>
				tags.every(({Key, Value}) => own.some((tag) => tag.Key === Key && tag.Value === Value)),
			);
		};
		const step = Math.max(1, Math.floor(current.length / sampleSize));
		const sample = current.filter((_, index) => index % step === 0).slice(0, sampleSize);
		let left = 0;
		await inParallel(sample, sampleSize, async (version) => {
			const {key, versionId} = version;
			const seen = await objects.describeVersion(reference, {key, versionId}, signal);
			if (seen.state !== 'present') return;
			// Only what a rule takes has a status; what has none may be older than its rule, or taken by none.
			if (seen.status === 'FAILED' || (seen.status === null && (await isTaken(version)))) left++;
		});
		return {sourceBucket, kind: 'sampled', looked: sample.length, left, isMore};
	} catch {
		signal?.throwIfAborted();
		return undefined;
	}
}

/** The prefixes that no other of them covers, each once. */
function widestOf(prefixes: readonly string[]): readonly string[] {
	const distinct = [...new Set(prefixes)];
	return distinct.filter((one) => !distinct.some((other) => other !== one && one.startsWith(other)));
}
