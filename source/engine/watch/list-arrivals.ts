import type {VersionMarker, VersionSummary} from '../../aws/ports.js';
import {compareKeys} from '../../domain/compare-keys.js';
import type {RoundFigures} from './destination-pace.js';
import type {RunningWatch, WatchedEnd} from './running-watch.js';
import type {TrackedObject} from './tracked-object.js';

/**
 * Looks for everything that is missing at a destination, a page of 1,000 versions a request. Each page begins just before the first
 * key that is still missing, and what lies between one page and the next missing key is skipped: there are never more requests
 * than missing objects, nor than a listing of all keys from the first to the last of them would take.
 */
export async function listArrivals(
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
		const marker: VersionMarker = from ?? {
			keyMarker: withoutLast(first.key),
		};
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
