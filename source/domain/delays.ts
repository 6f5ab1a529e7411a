import type {DelayFigures} from './event.js';

const bucketsPerOctave = 64;

/**
 * Delays counted in logarithmic buckets: a quantile is at most 0.6 % off, and memory does not grow with the number of delays.
 */
export type Delays = {
	readonly count: number;
	readonly maxMs: number;
	/** How many delays fell into each bucket, by its number. */
	readonly buckets: ReadonlyMap<number, number>;
};

export const noDelays: Delays = {count: 0, maxMs: 0, buckets: new Map()};

/** The delays with one more, in milliseconds. */
export function addDelay(delays: Delays, delayMs: number): Delays {
	const index = Math.round(Math.log2(Math.max(delayMs, 1)) * bucketsPerOctave);
	const buckets = new Map(delays.buckets);
	buckets.set(index, (buckets.get(index) ?? 0) + 1);
	return {count: delays.count + 1, maxMs: Math.max(delays.maxMs, delayMs), buckets};
}

/** The delay that the given part (0 to 1) of all delays does not exceed, by nearest rank, in whole milliseconds. */
export function quantile(delays: Delays, part: number): number {
	const rank = Math.max(1, Math.ceil(part * delays.count));
	if (rank >= delays.count) return delays.maxMs;
	let seen = 0;
	for (const [index, count] of [...delays.buckets].sort(([left], [right]) => left - right)) {
		seen += count;
		if (seen >= rank) return Math.min(delays.maxMs, Math.round(2 ** (index / bucketsPerOctave)));
	}

	return delays.maxMs;
}

/** The figures of a summary, or nothing where nothing has arrived. */
export function delayFigures(delays: Delays): DelayFigures | null {
	if (delays.count === 0) return null;
	return {
		p50: quantile(delays, 0.5),
		p95: quantile(delays, 0.95),
		p99: quantile(delays, 0.99),
		max: delays.maxMs,
	};
}
