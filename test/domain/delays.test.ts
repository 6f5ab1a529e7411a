import {describe, expect, test} from 'vitest';
import {addDelay, delayFigures, type Delays, noDelays, quantile} from '../../source/domain/delays.js';

/** Numbers that look random and are the same in every run. */
function* pseudoRandom(seed: number): Generator<number, never> {
	let state = seed;
	for (;;) {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		yield state / 2 ** 32;
	}
}

function delaysOf(list: readonly number[]): Delays {
	return list.reduce(addDelay, noDelays);
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
			return Math.abs(quantile(delays, part) - exact) / exact;
		});
		expect(Math.max(...errors)).toBeLessThanOrEqual(0.01);
	});

	test('never exceed the greatest delay, which is exact', () => {
		const greatest = {p50: 1501, p95: 1501, p99: 1501, max: 1501};
		expect(delayFigures(delaysOf([1501]))).toEqual(greatest);
		const figures = delayFigures(delaysOf([1501, 1501, 1501]));
		expect(figures).toMatchObject({p95: 1501, p99: 1501, max: 1501});
		expect(figures?.p50).toBeLessThanOrEqual(1501);
	});

	test('are nothing where nothing has arrived', () => {
		expect(delayFigures(noDelays)).toBeNull();
	});

	test('take delays of no time at all', () => {
		expect(delayFigures(delaysOf([0, 0]))).toEqual({p50: 0, p95: 0, p99: 0, max: 0});
	});

	test('need no more memory for more delays', () => {
		const random = pseudoRandom(1);
		const few = Array.from({length: 2000}, () => 1000 + random.next().value * 1000);
		const many = Array.from({length: 20_000}, () => 1000 + random.next().value * 1000);
		expect(delaysOf(many).buckets.size).toBeLessThanOrEqual(delaysOf(few).buckets.size + 2);
		expect(delaysOf(many).count).toBe(20_000);
	});

	test('leave the delays before as they were', () => {
		const before = delaysOf([10]);
		addDelay(before, 20);
		expect(before).toEqual(delaysOf([10]));
	});
});
