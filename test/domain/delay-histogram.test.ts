import {describe, expect, test} from 'vitest';
import {delayBins} from '../../source/domain/watch/delay-bins.js';
import {createDelayHistogram, type DelayHistogram} from '../../source/domain/watch/delay-histogram.js';

/** Numbers that look random and are the same in every run. */
function* pseudoRandom(seed: number): Generator<number, never> {
	let state = seed;
	for (;;) {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		yield state / 2 ** 32;
	}
}

function delaysOf(list: readonly number[]): DelayHistogram {
	const delays = createDelayHistogram();
	for (const delayMs of list) delays.add(delayMs);
	return delays;
}

function exactQuantile(list: readonly number[], part: number): number {
	const sorted = [...list].sort((left, right) => left - right);
	return sorted[Math.max(1, Math.ceil(part * sorted.length)) - 1] as number;
}

describe('percentiles', () => {
	const shapes: Readonly<Record<string, (random: number) => number>> = {
		'spread evenly': (random) => 100 + random * 900_000,
		'mostly short with a long tail': (random) => 100 * Math.exp(random * 9),
		'around one second': (random) => 1000 + random * 50,
	};

	test.each(
		Object.keys(shapes).flatMap((shape) =>
			[1, 2, 3, 10, 99, 100, 5000].map((count) => [shape, count] as const),
		),
	)('of delays %s, %i of them, are off by one in a hundred at most', (shape, count) => {
		const random = pseudoRandom(count + 7);
		const list = Array.from({length: count}, () =>
			Math.round((shapes[shape] as (r: number) => number)(random.next().value)),
		);
		const delays = delaysOf(list);
		const errors = [0, 0.5, 0.9, 0.95, 0.99, 1].map((part) => {
			const exact = exactQuantile(list, part);
			return (delays.quantile(part) - exact) / exact;
		});
		expect(Math.max(...errors)).toBeLessThanOrEqual(0.01);
		// Rounded to whole milliseconds.
		expect(Math.min(...errors)).toBeGreaterThan(-0.005);
	});

	test('never exceed the greatest delay, which is exact', () => {
		const greatest = {p50: 1501, p95: 1501, p99: 1501, max: 1501};
		expect(delaysOf([1501]).figures()).toEqual(greatest);
		const figures = delaysOf([1501, 1501, 1501]).figures();
		expect(figures).toMatchObject({p95: 1501, p99: 1501, max: 1501});
		expect(figures?.p50).toBeLessThanOrEqual(1501);
	});

	test('are nothing where nothing has arrived', () => {
		expect(createDelayHistogram().figures()).toBeNull();
	});

	test('take delays of no time at all', () => {
		expect(delaysOf([0, 0]).figures()).toEqual({p50: 0, p95: 0, p99: 0, max: 0});
	});

	test('of several destinations add up to those of all', () => {
		const random = pseudoRandom(3);
		const lists = [0, 1, 2].map(() => Array.from({length: 500}, () => random.next().value * 100_000));
		const sum = createDelayHistogram();
		for (const list of lists) sum.merge(delaysOf(list));
		const all = delaysOf(lists.flat());
		expect(sum.count).toBe(1500);
		expect([...sum.buckets]).toEqual([...all.buckets]);
		expect(sum.figures()).toEqual(all.figures());
	});

	test('need no more memory for more delays, however long', () => {
		const empty = createDelayHistogram();
		const many = delaysOf([1, 1e6, 1e12, Number.MAX_SAFE_INTEGER]);
		expect(many.buckets.length).toBe(empty.buckets.length);
		expect(many.maxMs).toBe(Number.MAX_SAFE_INTEGER);
		expect(many.quantile(0.25)).toBe(1);
	});
});

describe('bins', () => {
	test('hold every delay once, the longest in the last one', () => {
		const bins = delayBins(delaysOf([40, 90, 450, 1500, 1600, 9000]), 5);
		expect(bins.map(({label, count}) => [label, count])).toEqual([
			['.5s', 3],
			['1s', 0],
			['2s', 2],
			['5s', 0],
			['10s', 1],
		]);
	});

	test('are empty where nothing has arrived', () => {
		expect(delayBins(createDelayHistogram(), 4).map(({count}) => count)).toEqual([0, 0, 0, 0]);
	});
});
