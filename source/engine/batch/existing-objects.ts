import type {BucketReference, Objects} from '../../aws/ports.js';
import type {ListedVersion} from '../../domain/batch/compare-current.js';
import type {ExistingObjects} from '../../domain/batch/existing-objects.js';
import type {DiagnosedObject} from '../../domain/diagnose/diagnosed-object.js';
import {answerOf} from '../../domain/problem.js';
import {covers, type RuleFilter} from '../../domain/rule/rule-filter.js';
import {inParallel} from '../in-parallel.js';

/** An existing rule is diagnosed by so many objects at most. */
const sampleSize = 20;
/** Of the rules of a bucket the prefixes of so many are listed. */
const maxListings = 5;
/** Test files of this program are of no interest. */
const testFile = /(?:^|\/)s3-replicate-test\//;

type Looking = Pick<Objects, 'listVersions' | 'describeVersion' | 'getTags'>;

/** The rule that is asked about. */
type AskedRule = {
	readonly filter: RuleFilter;
	/** Whether it takes SSE-KMS objects. */
	readonly takesKms: boolean;
	readonly isNew: boolean;
};

/**
 * Looks at what a source holds already of what a rule takes: with a listing for a new rule, and with a HEAD each of a few where the rule was
 * there, or leaves SSE-KMS objects out. Nothing where that may not be read: then nothing is said of it.
 * Source: S3 User Guide, "What does Amazon S3 replicate?" (objects that existed before).
 */
export async function lookForExisting(
	objects: Looking,
	reference: BucketReference,
	{filter, takesKms, isNew}: AskedRule,
	signal?: AbortSignal,
): Promise<Omit<ExistingObjects, 'command'> | undefined> {
	const sourceBucket = reference.bucket;
	const filters = [filter];
	const leftOutIn = (looked: readonly DiagnosedObject[]) => {
		const out = takesKms
			? []
			: looked.filter(
					({status, encryption}) =>
						encryption?.kind === 'kms' && (status === null || status === undefined || status === 'FAILED'),
				);
		return out.length === 0 ? {} : {leftOut: out.length, sampled: looked.length};
	};

	if (isNew) {
		return unlessRefused(async () => {
			const {current, isMore} = await listCurrent(objects, reference, filters, signal);
			// A listing shows no tags, and no encryption.
			const hasTags = filter.tags.length > 0;
			const left = current.length;
			const looked = takesKms
				? undefined
				: await unlessRefused(async () => sampleOf(objects, reference, current, filters, signal), signal);
			return {
				...{sourceBucket, kind: 'listed', looked: left, left, isMore},
				...(hasTags ? {hasTags} : {}),
				...leftOutIn(looked ?? []),
			};
		}, signal);
	}

	const sample = await sampleExisting(objects, reference, filters, signal);
	if (!sample) return undefined;
	const {looked, isMore} = sample;
	const failed = looked.filter(({status}) => status === 'FAILED').length;
	// Only what a rule takes has a status; what has none may be older than its rule, or taken by none.
	const none = looked.filter((object) => object.status === null && isTaken(object, filters));
	const leftOut = leftOutIn(looked.filter((object) => object.status === 'FAILED' || none.includes(object)));
	return {
		...{sourceBucket, kind: 'sampled', looked: looked.length, left: failed + none.length, failed, isMore},
		...(leftOut.leftOut === undefined ? {} : {...leftOut, sampled: looked.length}),
	};
}

export type Sample = {
	readonly looked: readonly DiagnosedObject[];
	readonly isMore: boolean;
	/** The prefixes that no current object has. */
	readonly unused: readonly string[];
};

/** A few of the current objects whose keys the rules take, as HEAD tells of them; with their tags where rules ask for some. */
export async function sampleExisting(
	objects: Looking,
	reference: BucketReference,
	filters: readonly RuleFilter[],
	signal?: AbortSignal,
): Promise<Sample | undefined> {
	return unlessRefused(async () => {
		const {current, isMore} = await listCurrent(objects, reference, filters, signal);
		const prefixes = new Set(filters.map(({prefix}) => prefix));
		const isUnused = (prefix: string): boolean =>
			prefix !== '' && !isMore && !current.some(({key}) => key.startsWith(prefix));
		return {
			looked: await sampleOf(objects, reference, current, filters, signal),
			isMore,
			unused: [...prefixes].filter(isUnused),
		};
	}, signal);
}

async function sampleOf(
	objects: Looking,
	reference: BucketReference,
	current: readonly ListedVersion[],
	filters: readonly RuleFilter[],
	signal?: AbortSignal,
): Promise<readonly DiagnosedObject[]> {
	const step = Math.max(1, Math.floor(current.length / sampleSize));
	const sample = current.filter((_, index) => index % step === 0).slice(0, sampleSize);
	const looked: DiagnosedObject[] = [];
	await inParallel(sample, sampleSize, async ({key, versionId}) => {
		const described = await objects
			.describeVersion(reference, {key, versionId}, signal)
			.catch((error: unknown) => {
				// Another account may own it: that says nothing of the others.
				if (answerOf(error)?.httpStatus === 403) return {state: 'refused'} as const;
				throw error;
			});
		if (described.state === 'refused') looked.push({key, versionId, isRefused: true});
		if (described.state !== 'existing') return;
		const {state: _state, lastModified: _lastModified, ...seen} = described;
		const object: DiagnosedObject = {key, ...seen};
		const needsTags = seen.status === null || seen.status === 'FAILED';
		const matching = matchingFilters(key, filters);
		if (!needsTags || matching.every(({tags}) => tags.length === 0)) looked.push(object);
		else {
			const value = await objects.getTags(reference, {key, versionId}, signal);
			looked.push({...object, tags: {isRead: true, value}});
		}
	});
	return looked;
}

async function unlessRefused<T>(look: () => Promise<T>, signal?: AbortSignal): Promise<T | undefined> {
	try {
		return await look();
	} catch {
		signal?.throwIfAborted();
		return undefined;
	}
}

async function listCurrent(
	objects: Looking,
	reference: BucketReference,
	filters: readonly RuleFilter[],
	signal?: AbortSignal,
): Promise<{readonly current: readonly ListedVersion[]; readonly isMore: boolean}> {
	const prefixes = widestOf(filters.map(({prefix}) => prefix));
	const pages = await Promise.all(
		prefixes.slice(0, maxListings).map(async (prefix) => objects.listVersions(reference, {prefix}, signal)),
	);
	const current = pages
		.flatMap(({versions}) => versions)
		.filter(({isLatest, key}) => isLatest && !testFile.test(key) && matchingFilters(key, filters).length > 0);
	return {current, isMore: prefixes.length > maxListings || pages.some(({next}) => next !== undefined)};
}

const matchingFilters = (key: string, filters: readonly RuleFilter[]): readonly RuleFilter[] =>
	filters.filter(({prefix}) => key.startsWith(prefix));

function isTaken({key, tags: own}: DiagnosedObject, filters: readonly RuleFilter[]): boolean {
	const tags = own?.isRead ? own.value : [];
	return filters.some((filter) => covers(filter, {prefix: key, tags}));
}

/** The prefixes that no other of them covers, each once. */
function widestOf(prefixes: readonly string[]): readonly string[] {
	const distinct = [...new Set(prefixes)];
	return distinct.filter((one) => !distinct.some((other) => other !== one && one.startsWith(other)));
}
