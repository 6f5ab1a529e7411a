import type {VersionSummary} from '../../aws/ports.js';
import {testFileFolder} from '../../domain/test-file.js';
import type {RunningWatch} from './running-watch.js';

/** Finds the versions that others write to the source while it is watched. */
export type ForeignFinder = {look(signal: AbortSignal): Promise<void>};

/** What was there before the first look is left alone: rules do not take objects that existed before them. */
export function createForeignFinder({options, tracker, emit}: RunningWatch): ForeignFinder {
	const {source, clock, runId, followPrefix = ''} = options;
	let seen: Set<string> | undefined;
	return {
		async look(signal) {
			const versions = await allVersions(signal);
			const isFirst = seen === undefined;
			seen ??= new Set();
			for (const {key, versionId, sizeBytes} of versions) {
				const id = `${key}\n${versionId}`;
				if (seen.has(id)) continue;
				seen.add(id);
				if (isFirst || key.startsWith(testFileFolder(runId))) continue;
				tracker.track({key, versionId, sizeBytes, isOurs: false, uploadedAt: clock.now(), resends: 0});
				emit({type: 'object-uploaded', key, versionId, sizeBytes, isOurs: false});
			}
		},
	};

	async function allVersions(signal: AbortSignal): Promise<readonly VersionSummary[]> {
		const found: VersionSummary[] = [];
		let next: {readonly keyMarker: string; readonly versionIdMarker?: string} | undefined;
		do {
			const page = await source.connection.objects.listVersions(
				source.reference,
				{prefix: followPrefix, ...next},
				signal,
			);
			found.push(...page.versions);
			next = page.next;
		} while (next);

		return found;
	}
}
