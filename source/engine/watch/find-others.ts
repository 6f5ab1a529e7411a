import type {VersionMarker} from '../../aws/ports.js';
import type {VersionName} from '../../domain/record/own-files.js';
import type {FoundMarker} from './marker-sides.js';
import {problemFrom} from '../../domain/problem.js';
import {type Notifier, rest} from './notifier.js';
import {type Listed, restAfterListingMs} from './listing-cost.js';
import {failureKind} from './request-gate.js';
import type {RunningWatch} from './running-watch.js';
import type {OthersWanted} from './watch-options.js';

const quickMs = 1000;
const slowMs = 5000;
/** A bucket with more versions than fit on so many pages is not listed again and again unasked. */
const maxPages = 10;

/**
 * Finds the versions that others write to the source while it is watched, by listing it again and again. What was there before the first
 * look is left alone: rules do not take objects that existed before them. One that is new was written after the look before, nobody
 * knows when: its delay is counted from there, and is so much less certain. Ends with the signal, or where there is too much to list.
 */
export async function findOthers(
	watch: RunningWatch,
	wanted: OthersWanted,
	/** Notifies when the time is over: one more look finds what came since the last one. */
	lastLook: Notifier,
	{
		looked,
		markerFound,
	}: {
		/** Told of every whole look: when it began. */
		readonly looked: (at: number) => void;
		/** Told of every delete marker of others. */
		readonly markerFound: (marker: FoundMarker) => void;
	},
): Promise<void> {
	const {source, tracker, clock, emit, signal, options} = watch;
	const {folder} = options.testFiles;
	const known = new Set<string>();
	/** The last whole look: when it began, and how often the watch had been interrupted by then. */
	let last: {readonly at: number; readonly interruptions: number} | undefined;
	let pauseMs = quickMs;
	wanted.markers?.listen(markerFound);
	signal.addEventListener('abort', () => wanted.markers?.end(), {once: true});
	let hasUnreadable = false;
	while (!signal.aborted) {
		await watch.whilePaused();
		try {
			const before = tracker.count;
			const began = {at: clock.now(), interruptions: tracker.interruptions};
			const listed = await listAll();
			if (listed === undefined) {
				emit({type: 'others-left-out', bucket: source.reference.bucket});
				return;
			}

			const costMs = restAfterListingMs(listed);
			if (!last && !wanted.isLimited && listed.versions > 0) {
				const {versions} = listed;
				const everyMs = Math.round(Math.max(quickMs, costMs));
				emit({type: 'others-looked-through', bucket: source.reference.bucket, versions, everyMs});
			}

			last = began;
			looked(began.at);
			wanted.markers?.looked(began.at);
			pauseMs = tracker.count > before ? quickMs : Math.min(slowMs, pauseMs * 1.2);
			await rest(clock, Math.max(pauseMs, costMs), [lastLook], signal);
		} catch (error) {
			if (signal.aborted) throw error;
			const problem = problemFrom(error);
			if (problem.kind === 'bug') throw error;
			// Where only others' files are followed there is nothing else to do.
			if (failureKind(error) === 'final' && problem.code === 'not-allowed') {
				if (!wanted.isLimited) throw error;
				emit({type: 'others-left-out', bucket: source.reference.bucket});
				return;
			}

			source.gate.fail(error);
		}
	}

	/** Lists everything once, and follows what is new; gives how much there was, or nothing where it is too much. */
	async function listAll(): Promise<Listed | undefined> {
		let versions = 0;
		let pages = 0;
		let next: VersionMarker | undefined;
		do {
			const passed = await source.gate.pass(signal);
			const page = await source.objects.listVersions(
				source.reference,
				{prefix: wanted.prefix, ...next},
				signal,
			);
			source.gate.succeed(passed);
			const at = clock.now();
			pages++;
			versions += page.versions.length;
			for (const {key, versionId, sizeBytes} of page.versions) {
				const id = `${key}\n${versionId}`;
				if (key.startsWith(folder) || known.has(id)) continue;
				// Where only its status tells of it, one that may not be asked about could be followed nowhere.
				const asks = wanted.hasReplicas || !tracker.isAnyObserved;
				const isLeftOut = last && asks && (await isCopyOrClosed({key, versionId}));
				known.add(id);
				if (!last || isLeftOut) continue;
				tracker.track({
					...{key, versionId, sizeBytes, isOurs: false, resends: 0},
					uploadedAt: last.at,
					uploadWithinMs: Math.round(at - last.at),
					wasInterrupted: tracker.interruptions > last.interruptions,
				});
				emit({type: 'object-uploaded', key, versionId, sizeBytes, isOurs: false});
			}

			for (const {key, versionId, ...listed} of page.markers) {
				const id = `${key}\n${versionId}`;
				if (key.startsWith(folder) || known.has(id)) continue;
				known.add(id);
				wanted.markers?.seen({key, versionId, ...listed, seenAt: at, absentAt: last?.at});
				if (!last || wanted.markers) continue;
				markerFound({key, versionId, writtenAt: last.at, withinMs: Math.round(at - last.at)});
			}

			next = page.next;
			if (next && wanted.isLimited && pages >= maxPages) return undefined;
		} while (next);

		return {pages, versions};
	}

	/**
	 * Whether a version came from another bucket by a rule: only the object itself says so. One that may not be read belongs to another
	 * account, as replicas do where ACLs count: it is left alone as well, and that is told once.
	 * Source: S3 User Guide, "Changing the replica owner".
	 */
	async function isCopyOrClosed(version: VersionName): Promise<boolean> {
		const passed = await source.gate.pass(signal);
		try {
			const answer = await source.objects.headVersion(source.reference, version, signal);
			source.gate.succeed(passed);
			return answer.state !== 'absent' && answer.status === 'REPLICA';
		} catch (error) {
			if (signal.aborted || failureKind(error) !== 'final' || problemFrom(error).code !== 'not-allowed')
				throw error;
			if (!hasUnreadable) emit({type: 'others-unreadable', bucket: source.reference.bucket});
			hasUnreadable = true;
			return true;
		}
	}
}
