import type {BucketReference, Objects} from '../../aws/ports.js';
import type {OwnFiles} from '../../domain/record/own-files.js';
import type {SurveyedFiles} from '../../domain/take-back/undo-observed.js';
import {ownVersions} from '../clean-up/own-versions.js';

/** A plan is made while a person waits: what lies behind is decided when it is deleted. */
const maxPages = 10;
const maxLooks = 2000;

/** Looks at what is below the prefixes of a run's test files in one bucket, within bounds: what is its own, and what stays. */
export async function surveyFiles(
	objects: Objects,
	reference: BucketReference,
	allFiles: readonly OwnFiles[],
	signal?: AbortSignal,
): Promise<SurveyedFiles> {
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
			othersCount += page.others.length;
			const [other] = page.others;
			if (other) example ??= `${other.key} (version ${other.versionId})`;
			looks += page.looks;
			if (++pages < maxPages && looks < maxLooks) continue;
			isWhole = false;
			break;
		}
	}

	return {hasOwn: hasOwn || !isWhole, othersCount, example, isWhole};
}
