import {createDelayHistogram, type DelayHistogram} from '../../domain/watch/delay-histogram.js';
import type {Entry, EntryState} from './entry.js';

/** A destination, and what has become of the objects there. */
type Destination = {
	readonly bucket: string;
	readonly region: string | undefined;
	isObserved: boolean;
	replicated: number;
	replicatedBytes: number;
	failed: number;
	pending: number;
	readonly delays: DelayHistogram;
};

/** How many objects are in each state, in all and at each destination. */
export type ObjectCounter = {
	readonly destinations: readonly Destination[];
	readonly ours: Tally;
	readonly others: Tally;
	/** Adds what an entry counts for, or takes it away before the entry changes. */
	readonly count: (entry: Entry, sign: 1 | -1) => void;
	/** How many of our own go each way, those left out that are still being sent. */
	readonly oursByWay: readonly number[];
	/** Whether an entry goes to the destination of this index: on the way back to the source alone. */
	readonly goesTo: (entry: Entry, index: number) => boolean;
	readonly hasArrivedEverywhere: (entry: Entry) => boolean;
};

/** The states of what counts as a file that was sent, or should have been. */
const isFile: Readonly<Record<EntryState, boolean>> = {
	uploading: false,
	pending: true,
	unseen: true,
	failed: true,
	replicated: true,
	deletedAtSource: false,
	unmatched: false,
	deleteMarker: false,
};

/** @param given the destinations; one without a region is seen through the source's status alone */
export function createObjectCounter(
	given: ReadonlyArray<{readonly bucket: string; readonly region?: string}>,
	/** The source comes last among the destinations then. */
	isTwoWay = false,
): ObjectCounter {
	const oursByWay: number[] = [];
	const goesTo = ({origin}: Entry, index: number): boolean =>
		!isTwoWay || origin.way > 0 === (index === given.length - 1);
	const ours = newTally();
	const others = newTally();
	const destinations = given.map(({bucket, region}): Destination => ({
		bucket,
		region,
		isObserved: region !== undefined,
		replicated: 0,
		replicatedBytes: 0,
		failed: 0,
		pending: 0,
		delays: createDelayHistogram(),
	}));
	return {
		destinations,
		ours,
		others,
		oursByWay,
		goesTo,
		count(entry, sign) {
			const {state, sizeBytes, arrivals, origin} = entry;
			const tally = origin.isOurs ? ours : others;
			tally.objects[state] += sign;
			tally.bytes[state] += sign * sizeBytes;
			if (state === 'failed' && entry.versionId === undefined) tally.neverUploaded += sign;
			if (origin.isOurs && isFile[state]) oursByWay[origin.way] = (oursByWay[origin.way] ?? 0) + sign;
			// The destinations tell of files.
			if (state === 'deleteMarker') return;
			const byStatus = arrivals[destinations.length];
			for (const [index, destination] of destinations.entries()) {
				if (!goesTo(entry, index)) continue;
				const arrival = arrivals[index] ?? (destination.isObserved ? undefined : byStatus);
				if (arrival) {
					destination.replicated += sign;
					destination.replicatedBytes += sign * sizeBytes;
				} else if (state === 'failed') destination.failed += sign;
				else if (state === 'pending' || state === 'unseen') destination.pending += sign;
			}
		},
		hasArrivedEverywhere(entry) {
			const {arrivals} = entry;
			const byStatus = arrivals[destinations.length] !== undefined;
			return destinations.every(
				({isObserved}, index) =>
					!goesTo(entry, index) || (isObserved ? arrivals[index] !== undefined : byStatus),
			);
		},
	};
}

/** How many objects are in each state, and their bytes. */
type Tally = {
	readonly objects: Record<EntryState, number>;
	readonly bytes: Record<EntryState, number>;
	/** Failed ones that could not even be uploaded. */
	neverUploaded: number;
};

function newTally(): Tally {
	return {objects: none(), bytes: none(), neverUploaded: 0};
}

function none(): Record<EntryState, number> {
	return {
		...{uploading: 0, pending: 0, unseen: 0, failed: 0, replicated: 0},
		...{deletedAtSource: 0, unmatched: 0, deleteMarker: 0},
	};
}
