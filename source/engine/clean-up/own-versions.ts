import type {BucketReference, Objects, VersionMarker, VersionPage} from '../../aws/ports.js';
import {isOwn, type OwnFiles, type VersionName} from '../../domain/record/own-files.js';
import {answerOf, ProblemError} from '../../domain/problem.js';
import {hasTestFileMark} from '../../domain/watch/test-file.js';
import {inParallel} from '../in-parallel.js';

const parallelLooks = 16;

/** What a page of a listing holds below the prefix of a run's test files. */
type OwnPage = {
	/** What the run uploaded, and the replicas of it. */
	readonly own: readonly VersionName[];
	/** What is not provably the run's: others' versions and delete markers (the run makes none), and unmarked files. */
	readonly others: readonly VersionName[];
	/** What may be either, because its metadata may not be read. */
	readonly unknown: readonly VersionName[];
	/** Why it may not. */
	readonly refusal?: ProblemError;
	/** How many objects were looked at one by one. */
	readonly looks: number;
};

/** Makes a call, and again where that helps. */
export type Patiently = <T>(call: () => Promise<T>) => Promise<T>;

/**
 * Goes through everything below the prefix of a run's test files, a page at a time, and tells what is the run's own.
 * What is written down takes no request; for the rest the mark in the metadata is read.
 * Nothing where the bucket is gone. Throws what else stops it, and when the signal fires.
 */
export async function* ownVersions(
	objects: Objects,
	reference: BucketReference,
	files: OwnFiles,
	{patiently, signal}: {readonly patiently: Patiently; readonly signal?: AbortSignal},
): AsyncGenerator<OwnPage, void> {
	let from: Partial<VersionMarker> | undefined = {};
	while (from) {
		signal?.throwIfAborted();
		const page: VersionPage | undefined = await patiently(async () =>
			objects.listVersions(reference, {prefix: files.prefix, ...from}, signal),
		).catch(goneBucket);
		if (!page) return;
		const own: VersionName[] = [];
		const others: VersionName[] = [...page.markers];
		const asked: VersionName[] = [];
		for (const {key, versionId} of page.versions) {
			const answer = isOwn({key, versionId}, files);
			(answer === 'unknown' ? asked : answer ? own : others).push({key, versionId});
		}

		const unknown: VersionName[] = [];
		let refusal: ProblemError | undefined;
		await inParallel(asked, parallelLooks, async (version) => {
			try {
				const seen = await patiently(async () => objects.headVersion(reference, version, signal));
				if (seen.state === 'absent') return;
				(hasTestFileMark(version.key, seen.metadata) ? own : others).push(version);
			} catch (error) {
				if (!(error instanceof ProblemError) || error.answer?.httpStatus !== 403) throw error;
				refusal ??= error;
				unknown.push(version);
			}
		});
		yield {own, others, unknown, refusal, looks: asked.length};
		from = page.next;
	}
}

function goneBucket(error: unknown): undefined {
	if (answerOf(error)?.code === 'NoSuchBucket') return undefined;
	throw error;
}
