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
export type ListedMarker = {
	readonly key: string;
	readonly versionId: string;
	readonly isLatest?: boolean;
	/** In milliseconds since 1970; S3 gives whole seconds. */
	readonly lastModified?: number;
	/** When the listing showed it. */
	readonly seenAt: number;
	/** When a listing before it began, which did not show it; absent where it was there before the watch. */
	readonly absentAt?: number;
};

/** One of the two buckets, as the look through it tells what it sees. */
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
	/** Another marker stands for the same deletion on the other side. */
	isPaired?: boolean;
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
 * Tells the delete markers that people write from their copies, where each of two buckets is replicated to the other. S3 says of neither which
 * it is: HEAD answers 405 without a status, and whether a copy keeps its version id is documented nowhere. A marker is a copy where the other
 * bucket, looked through after it was seen, has one of the same key that was there first. Of two that two people write for one key at about the
 * same time one may be taken for the copy of the other. Source: S3 API Reference, HeadObject; S3 User Guide, "Replicating delete markers
 * between buckets".
 */
export function createMarkerSides(
	there: SideOptions,
	back: SideOptions,
): {readonly there: MarkerSide; readonly back: MarkerSide} {
	const [home, away] = [newSide(there), newSide(back)];
	const otherOf = (side: Side): Side => (side === home ? away : home);

	function decide(): void {
		for (const side of [home, away]) {
			const other = otherOf(side);
			for (const one of side.waiting) {
				if (other.lookedAt < one.seenAt) continue;
				side.waiting.delete(one);
				if (one.isPaired) continue;
				const twin = twinOf(one, other);
				const isFirst = twin === undefined || isEarlier(one, twin, side === home);
				if (twin) {
					twin.isPaired = true;
					one.isPaired = true;
					// What was taken for somebody's own is the copy.
					if (isFirst) other.waiting.delete(twin);
					else if (other.waiting.delete(twin)) tell(other, twin);
				}

				if (isFirst) tell(side, one);
			}
		}
	}

	function tell(side: Side, {key, versionId, seenAt, absentAt = seenAt}: Known): void {
		side.found?.({key, versionId, writtenAt: absentAt, withinMs: Math.round(seenAt - absentAt)});
	}

	const sideOf = (side: Side): MarkerSide => ({
		listen(found) {
			side.found = found;
		},
		seen(marker) {
			const one: Known = {...marker};
			const {key, absentAt} = one;
			side.byKey.set(key, [...(side.byKey.get(key) ?? []), one]);
			if (absentAt === undefined) return;
			if (markerDestinations(otherOf(side).rules, key).includes(side.bucket)) side.waiting.add(one);
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
	return {there: sideOf(home), back: sideOf(away)};
}

/** The marker of the other bucket that stands for the same deletion: of the same version id, else one of the key that no other stands for. */
function twinOf({key, versionId}: Known, other: Side): Known | undefined {
	const free = (other.byKey.get(key) ?? []).filter(({isPaired}) => !isPaired);
	return (
		free.find((one) => one.versionId === versionId) ??
		// Of those that were there before the watch only the latest may still be on its way.
		free.findLast(({absentAt, isLatest}) => absentAt !== undefined || isLatest === true)
	);
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
