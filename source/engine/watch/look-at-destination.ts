import {problemFrom} from '../../domain/problem.js';
import {rest} from './notifier.js';
import {failureKind} from './request-gate.js';
import type {RunningWatch, WatchedEnd} from './running-watch.js';
import {type Listed, restAfterListingMs} from './listing-cost.js';
import type {VersionMarker, VersionSummary} from '../../aws/ports.js';
import {compareKeys} from '../../domain/compare-keys.js';
import type {TrackedObject} from './tracked-object.js';

const quickMs = 500;
const slowMs = 10_000;

/**
 * Looks for replicas at a destination, round after round, as long as any are missing. A destination that may not be listed is given up:
 * the source's status is all that is known of it then. Ends with the signal.
 */
export async function lookAtDestination(
	watch: RunningWatch,
	end: WatchedEnd,
	destination: number,
): Promise<void> {
	const {tracker, clock, emit, signal} = watch;
	const pace = createPace(clock.now());
	let wasIdle = true;
	while (!signal.aborted) {
		await watch.whilePaused();
		if (!tracker.isAnyMissing(destination)) {
			wasIdle = true;
			await rest(clock, undefined, [tracker.notifier], signal);
			continue;
		}

		if (wasIdle) {
			// Nothing arrives at the very moment of its upload.
			wasIdle = false;
			pace.wake(clock.now());
			await clock.wait(pace.afterRound(clock.now(), {arrived: 0, pages: 0, versions: 0}), signal);
		}

		try {
			const round = await listArrivals(watch, end, destination);
			tracker.setReachable(destination, true);
			await clock.wait(pace.afterRound(clock.now(), round), signal);
		} catch (error) {
			if (signal.aborted) throw error;
			const {code, kind} = problemFrom(error);
			if (kind === 'bug') throw error;
			if (code === 'not-allowed') {
				emit({type: 'destination-lost', bucket: end.reference.bucket, problem: problemFrom(error)});
				tracker.lose(destination);
				return;
			}

			end.gate.fail(error);
			// What the source calls FAILED does not arrive, whether this destination answers or not.
			if (failureKind(error) === 'final') tracker.setReachable(destination, false);
		}
	}
}

/** What a round of listings has brought. */
type RoundFigures = Listed & {readonly arrived: number};

/** Says when to look again: quickly while things arrive, slowly when nothing moves, and never so often that listing takes a tenth of a core. */
type Pace = {
	/** Something new is waited for. */
	readonly wake: (now: number) => void;
	/** How long to wait after a round. */
	readonly afterRound: (now: number, round: RoundFigures) => number;
};

export function createPace(now: number): Pace {
	let lastNewsAt = now;
	return {
		wake(at) {
			lastNewsAt = at;
		},
		afterRound(at, {arrived, ...listed}) {
			if (arrived > 0) lastNewsAt = at;
			// A delay is told with the interval it was seen in: a tenth of the time waited is precise enough.
			const fitting = Math.min(slowMs, Math.max(quickMs, (at - lastNewsAt) / 10));
			return Math.max(fitting, restAfterListingMs(listed));
		},
	};
}

/**
 * Looks for everything that is missing at a destination, a page of 1,000 versions a request. Each page begins just before the first
 * key that is still missing, and what lies between one page and the next missing key is skipped: there are never more requests
 * than missing objects, nor than a listing of all keys from the first to the last of them would take.
 */
async function listArrivals(
	watch: RunningWatch,
	end: WatchedEnd,
	destination: number,
): Promise<RoundFigures> {
	const {tracker, clock, signal} = watch;
	const missing = tracker.missingAt(destination);
	const prefix = commonStart(missing[0]?.key ?? '', missing.at(-1)?.key ?? '');
	let next = 0;
	let arrived = 0;
	let pages = 0;
	let versions = 0;
	let from: VersionMarker | undefined;
	while (next < missing.length) {
		const first = missing[next] as TrackedObject;
		const marker: VersionMarker = from ?? {keyMarker: withoutLast(first.key)};
		const passed = await end.gate.pass(signal);
		const began = clock.now();
		const page = await end.objects.listVersions(end.reference, {prefix, ...marker}, signal);
		end.gate.succeed(passed);
		const at = clock.now();
		pages++;
		versions += page.versions.length;
		const isWhole = !page.next;
		const lastKey = page.next?.keyMarker;
		const seen = keysOf(page.versions);
		// A key whose versions go on in the next page is not done with; every key before it is.
		while (next < missing.length) {
			const object = missing[next] as TrackedObject;
			const isThere = seen.get(object.key)?.has(object.versionId) ?? false;
			const place = lastKey === undefined ? -1 : compareKeys(object.key, lastKey);
			if (!isThere && !isWhole && place >= 0) break;
			if (isThere) {
				arrived++;
				tracker.arrive(object, destination, at);
			} else tracker.miss(object, destination, began);
			next++;
		}

		const following = missing[next];
		// Where the next missing key is far ahead, the listing goes on from there.
		from =
			following && lastKey !== undefined && compareKeys(withoutLast(following.key), lastKey) <= 0
				? page.next
				: undefined;
	}

	return {arrived, pages, versions};
}

/** What both begin with, and with that everything that is sorted between them. */
function commonStart(left: string, right: string): string {
	let length = 0;
	while (length < left.length && left[length] === right[length]) length++;
	return wholeCharacters(left.slice(0, length));
}

/** The key without its last character, which is sorted before it. */
const withoutLast = (key: string): string => wholeCharacters(key.slice(0, -1));

/** Half of a surrogate pair at the end is left out: it cannot be sent, the SDK would throw at every try. */
const wholeCharacters = (text: string): string => text.replace(/[\uD800-\uDBFF]$/, '');

function keysOf(versions: readonly VersionSummary[]): ReadonlyMap<string, ReadonlySet<string>> {
	const keys = new Map<string, Set<string>>();
	for (const {key, versionId} of versions) {
		const ids = keys.get(key);
		if (ids) ids.add(versionId);
		else keys.set(key, new Set([versionId]));
	}

	return keys;
}
