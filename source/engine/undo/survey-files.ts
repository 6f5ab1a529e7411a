import type {BucketReference, Objects} from '../../aws/ports.js';
import type {OwnFiles} from '../../domain/record/own-files.js';
import type {SurveyedFiles} from '../../domain/take-back/undo-observed.js';
import {isLockedAt, lockText, type VersionLock} from '../../domain/observed/version-lock.js';
import {locksOf} from '../clean-up/locks-of.js';
import {ownVersions} from '../clean-up/own-versions.js';

/** A plan is made while a person waits: what lies behind is decided when it is deleted. */
const maxPages = 10;
const maxLooks = 2000;

/** Looks at what is below the prefixes of a run's test files in one bucket, within bounds: what is its own, and what stays. */
export async function surveyFiles(
	objects: Objects,
	reference: BucketReference,
	allFiles: readonly OwnFiles[],
	/** When it is now, of a bucket with Object Lock; elsewhere nothing is locked. */
	lockedAtMs: number | undefined,
	signal?: AbortSignal,
): Promise<SurveyedFiles> {
	const locks: VersionLock[] = [];
	let freeCount = 0;
	let hasOwn = false;
	let othersCount = 0;
	let example: string | undefined;
	let isWhole = true;
	for (const files of allFiles) {
		let pages = 0;
		let looks = 0;
		for await (const page of ownVersions(objects, reference, files, {
			patiently: async (call) => call(),
			signal,
		})) {
			// What may not be looked at is tried: then the refusal tells which permission is missing.
			hasOwn ||= page.own.length + page.unknown.length > 0;
			if (lockedAtMs === undefined) freeCount += page.own.length;
			else {
				const found = await locksOf(objects, reference, page.own, signal);
				const held = found.filter((lock) => isLockedAt(lock, lockedAtMs));
				locks.push(...held);
				freeCount += page.own.length - held.length;
				looks += page.own.length;
			}

			freeCount += page.unknown.length;
			othersCount += page.others.length;
			const [other] = page.others;
			if (other) example ??= `${other.key} (version ${other.versionId})`;
			looks += page.looks;
			if (++pages < maxPages && looks < maxLooks) continue;
			isWhole = false;
			break;
		}
	}

	const locked =
		locks.length === 0 ? {} : {locked: {text: lockText(locks), isAll: isWhole && freeCount === 0}};
	return {hasOwn: hasOwn || !isWhole, othersCount, example, ...locked, isWhole};
}
