import type {VersionPage} from '../../aws/ports.js';
import {markerDestinations} from '../../domain/rule/marker-destinations.js';
import type {ReplicationRule} from '../../domain/rule/replication-configuration.js';

/** A delete marker that somebody wrote to the source while it was watched. */
export type FoundMarker = {
	readonly key: string;
	readonly versionId: string;
	/** The earliest that it can have been written, and how much later that may have been. */
	readonly writtenAt: number;
	readonly withinMs: number;
};

/** A delete marker as a listing shows it. */
export type ListedMarker = VersionPage['markers'][number] & {
	/** When the listing showed it. */
	readonly seenAt: number;
	/** When a listing before it began, which did not show it; absent where it was there before the watch. */
	readonly absentAt?: number;
};

/** One of the buckets, as the look through it tells what it sees. */
export type MarkerSide = {
	/** Gets those that somebody wrote there, once that is known. */
	readonly listen: (found: (marker: FoundMarker) => void) => void;
	readonly seen: (marker: ListedMarker) => void;
	/** A whole look is over; when it began. */
	readonly looked: (at: number) => void;
	/** Nobody looks there any more. */
	readonly end: () => void;
};

type SideOptions = {readonly bucket: string; readonly rules: readonly ReplicationRule[]};

type Known = ListedMarker & {
	/** The sides on which another marker stands for the same deletion. */
	readonly pairedWith: Set<Side>;
	/** It stands for a deletion on another side. */
	isCopy: boolean;
};

type Side = SideOptions & {
	readonly byKey: Map<string, Known[]>;
	readonly waiting: Set<Known>;
	lookedAt: number;
	found: ((marker: FoundMarker) => void) | undefined;
};

const newSide = (options: SideOptions): Side => ({
	...options,
	byKey: new Map(),
	waiting: new Set(),
	lookedAt: -Infinity,
	found: undefined,
});

/**
 * Tells the delete markers that people write from their copies, where a bucket is replicated to others and these back to it. S3 says of neither
 * which it is: HEAD answers 405 without a status, and whether a copy keeps its version id is documented nowhere. A marker is a copy where a
 * bucket whose rules bring markers here, looked through after it was seen, has one of the same key that was there first: S3 copies no copies,
 * so that nothing comes from one destination to the other. Of two that two people write for one key at about the same time one may be taken
 * for the copy of the other. Source: S3 API Reference, HeadObject; S3 User Guide, "Replicating delete markers between buckets", "What does
 * Amazon S3 replicate?".
 *
 * @param back the destinations that lead back
 */
export function createMarkerSides(
	there: SideOptions,
	back: readonly SideOptions[],
): {readonly there: MarkerSide; readonly back: readonly MarkerSide[]} {
	const home = newSide(there);
	const away = back.map(newSide);
	const sides = [home, ...away];
	const neighboursOf = (side: Side): readonly Side[] => (side === home ? away : [home]);
	const bringing = (side: Side, key: string): readonly Side[] =>
		neighboursOf(side).filter(({rules}) => markerDestinations(rules, key).includes(side.bucket));

	function decide(): void {
		for (const side of sides) {
			for (const one of side.waiting) {
				if (bringing(side, one.key).some(({lookedAt}) => lookedAt < one.seenAt)) continue;
				side.waiting.delete(one);
				if (!one.isCopy) decideOn(one, side);
			}
		}
	}

	function decideOn(one: Known, side: Side): void {
		const twins = neighboursOf(side).flatMap((at) => {
			const twin = twinOf(one, side, at);
			return twin ? [{at, twin}] : [];
		});
		const origin = twins
			.filter(({at, twin}) => bringing(side, one.key).includes(at) && !isEarlier(one, twin, side === home))
			.toSorted((left, right) => doubtOf(one, left.twin) - doubtOf(one, right.twin))[0];
		if (origin) {
			pair(one, side, origin);
			one.isCopy = true;
			if (origin.at.waiting.delete(origin.twin)) tell(origin.at, origin.twin);
			return;
		}

		for (const copy of twins) {
			if (!bringing(copy.at, one.key).includes(side)) continue;
			pair(one, side, copy);
			// What was taken for somebody's own is the copy.
			copy.twin.isCopy = true;
			copy.at.waiting.delete(copy.twin);
		}

		tell(side, one);
	}

	function tell(side: Side, {key, versionId, seenAt, absentAt = seenAt}: Known): void {
		side.found?.({key, versionId, writtenAt: absentAt, withinMs: Math.round(seenAt - absentAt)});
	}

	const sideOf = (side: Side): MarkerSide => ({
		listen(found) {
			side.found = found;
		},
		seen(marker) {
			const one: Known = {...marker, pairedWith: new Set(), isCopy: false};
			const {key, absentAt} = one;
			side.byKey.set(key, [...(side.byKey.get(key) ?? []), one]);
			if (absentAt === undefined) return;
			if (bringing(side, key).length > 0) side.waiting.add(one);
			// No rule brings copies here: somebody wrote it. Its own copy is still told from what people write there.
			else tell(side, one);
		},
		looked(at) {
			side.lookedAt = at;
			decide();
		},
		end() {
			side.found = undefined;
			side.waiting.clear();
		},
	});
	return {there: sideOf(home), back: away.map(sideOf)};
}

function pair(one: Known, side: Side, {at, twin}: {readonly at: Side; readonly twin: Known}): void {
	one.pairedWith.add(at);
	twin.pairedWith.add(side);
}

/**
 * The marker of another bucket that stands for the same deletion: of the same version id, else one of the key that no other stands for here,
 * and that is no copy from elsewhere.
 */
function twinOf({key, versionId}: Known, side: Side, at: Side): Known | undefined {
	const free = (at.byKey.get(key) ?? []).filter((one) => !one.pairedWith.has(side) && !one.isCopy);
	return (
		free.find((one) => one.versionId === versionId) ??
		// Of those that were there before the watch only the latest may still be on its way.
		free.findLast(({absentAt, isLatest}) => absentAt !== undefined || isLatest === true)
	);
}

/** How doubtful it is that a marker is the copy of another: the same version id first, then what came during the watch. */
function doubtOf(one: Known, twin: Known): number {
	if (one.versionId === twin.versionId) return 0;
	return twin.absentAt === undefined ? 2 : 1;
}

/** Whether a marker was there before its twin, by what S3 says, then by when each was seen; where nothing tells, the source's was. */
function isEarlier(one: Known, twin: Known, isHome: boolean): boolean {
	if (twin.absentAt === undefined) return false;
	if (one.lastModified !== undefined && twin.lastModified !== undefined) {
		if (one.lastModified !== twin.lastModified) return one.lastModified < twin.lastModified;
	}

	if (one.seenAt <= twin.absentAt) return true;
	if (one.absentAt !== undefined && twin.seenAt <= one.absentAt) return false;
	return isHome;
}
