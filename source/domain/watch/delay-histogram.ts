import type {DelayFigures} from '../run-figures.js';

const bucketsPerOctave = 128;
/** 2^32 ms are seven weeks: what takes longer is counted with the longest. */
const octaves = 32;

/** Delays as they can be read: how many, and which delay a part of them does not exceed. */
export type DelayFacts = {
	readonly count: number;
	readonly maxMs: number;
	/** The delay that the given part (0 to 1) of all delays does not exceed, by nearest rank, in whole milliseconds; 0 where there is none. */
	readonly quantile: (part: number) => number;
	/** The figures of a summary, or nothing where nothing has arrived. */
	readonly figures: () => DelayFigures | null;
	/** How many delays are at most so long, at the histogram's own precision. */
	readonly countUpTo: (limitMs: number) => number;
};

/**
 * Delays counted in logarithmic buckets: a quantile is at most 0.6 % too long and never too short, and memory does not grow with
 * the number of delays.
 * Two of them add up to one, so that each destination has its own.
 */
export type DelayHistogram = DelayFacts & {
	/** Counts a delay, in milliseconds. */
	readonly add: (delayMs: number) => void;
	/** Adds every delay of another one. */
	readonly merge: (other: DelayHistogram) => void;
	/** How many delays fell into each bucket, by its number. */
	readonly buckets: Readonly<Uint32Array>;
};

export function createDelayHistogram(): DelayHistogram {
	const buckets = new Uint32Array(octaves * bucketsPerOctave + 1);
	let count = 0;
	let maxMs = 0;

	const histogram: DelayHistogram = {
		get count() {
			return count;
		},
		get maxMs() {
			return maxMs;
		},
		buckets,
		add(delayMs) {
			const index = bucketOf(delayMs);
			buckets[index] = (buckets[index] ?? 0) + 1;
			count++;
			if (delayMs > maxMs) maxMs = delayMs;
		},
		merge(other) {
			for (const [index, more] of other.buckets.entries()) {
				if (more > 0) buckets[index] = (buckets[index] ?? 0) + more;
			}

			count += other.count;
			maxMs = Math.max(maxMs, other.maxMs);
		},
		quantile(part) {
			const rank = Math.max(1, Math.ceil(part * count));
			if (rank >= count) return maxMs;
			let seen = 0;
			for (let index = 0; index < buckets.length; index++) {
				seen += buckets[index] ?? 0;
				if (seen >= rank) return Math.min(maxMs, Math.round(longestIn(index)));
			}

			return maxMs;
		},
		figures() {
			if (count === 0) return null;
			const {quantile} = histogram;
			return {p50: quantile(0.5), p95: quantile(0.95), p99: quantile(0.99), max: maxMs};
		},
		countUpTo(limitMs) {
			const last = bucketOf(limitMs);
			let seen = 0;
			for (let index = 0; index <= last; index++) seen += buckets[index] ?? 0;
			return seen;
		},
	};
	return histogram;
}

function bucketOf(delayMs: number): number {
	const index = Math.ceil(Math.log2(Math.max(delayMs, 1)) * bucketsPerOctave);
	return Math.min(index, octaves * bucketsPerOctave);
}

function longestIn(bucket: number): number {
	return 2 ** (bucket / bucketsPerOctave);
}
