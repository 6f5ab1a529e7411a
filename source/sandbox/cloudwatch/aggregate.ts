import {type MinuteValue} from './replication-metrics.js';

/** The statistics of a metric (CloudWatch User Guide, Statistics-definitions); percentiles are not among them here. */
export const statistics: Readonly<Record<string, (values: readonly number[]) => number>> = {
	Average: (values) => sum(values) / values.length,
	Maximum: (values) => Math.max(...values),
	Minimum: (values) => Math.min(...values),
	SampleCount: (values) => values.length,
	Sum: sum,
};

export type Point = {readonly atMs: number; readonly value: number};

/** Takes a value a minute, gives one a period, in order; a period that has none is left out. */
export function aggregate(
	minutes: readonly MinuteValue[],
	range: {readonly startMs: number; readonly endMs: number; readonly periodMs: number},
	statistic: (values: readonly number[]) => number,
): readonly Point[] {
	const {startMs, endMs, periodMs} = range;
	const byPeriod = new Map<number, number[]>();
	for (const {minuteMs, value} of minutes) {
		const periodStartMs = Math.floor(minuteMs / periodMs) * periodMs;
		if (periodStartMs + periodMs <= startMs || minuteMs >= endMs) continue;
		byPeriod.set(periodStartMs, [...(byPeriod.get(periodStartMs) ?? []), value]);
	}
	return [...byPeriod]
		.map(([atMs, values]) => ({atMs, value: statistic(values)}))
		.sort((left, right) => left.atMs - right.atMs);
}

function sum(values: readonly number[]): number {
	return values.reduce((total, value) => total + value, 0);
}
