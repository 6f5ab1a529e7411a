import type {DelayFacts} from './delay-histogram.js';

const limitsMs = [
	100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 30_000, 60_000, 120_000, 300_000, 900_000, 1_800_000,
	3_600_000, 10_800_000, 43_200_000,
];

type DelayBin = {
	/** Delays up to this long, longer than the limit of the bin before. */
	readonly limitMs: number;
	readonly label: string;
	readonly count: number;
};

/**
 * Delays in bins that people know: the last one holds the longest, the first one all that are shorter.
 *
 * @param count how many bins
 */
export function delayBins(delays: DelayFacts, count: number): readonly DelayBin[] {
	const found = limitsMs.findIndex((limitMs) => delays.maxMs <= limitMs);
	const end = Math.max(count, (found === -1 ? limitsMs.length - 1 : found) + 1);
	const limits = limitsMs.slice(end - count, end);
	return limits.map((limitMs, index) => {
		const isLast = index === limits.length - 1;
		const upTo = isLast ? delays.count : delays.countUpTo(limitMs);
		const before = index === 0 ? 0 : delays.countUpTo(limits[index - 1] ?? 0);
		return {limitMs, label: labelOf(limitMs), count: upTo - before};
	});
}

function labelOf(limitMs: number): string {
	if (limitMs < 1000) return `.${limitMs / 100}s`;
	if (limitMs < 60_000) return `${limitMs / 1000}s`;
	return limitMs < 3_600_000 ? `${limitMs / 60_000}m` : `${limitMs / 3_600_000}h`;
}
