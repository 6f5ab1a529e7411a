import {describe, expect, test} from 'vitest';
import {createAskPace} from '../../source/engine/watch/ask-pace.js';
import {compareKeys} from '../../source/domain/compare-keys.js';
import {createPace} from '../../source/engine/watch/look-at-destination.js';
import {createDelayHistogram} from '../../source/domain/watch/delay-histogram.js';

describe('listings of a destination', () => {
	const empty = {arrived: 0, pages: 1, versions: 0};

	test('come quickly while things arrive, ever more slowly while nothing does, and quickly again with the next', () => {
		const pace = createPace(0);
		const waits = [0, 1000, 10_000, 50_000, 100_000, 1_000_000].map((at) => pace.afterRound(at, empty));
		expect(waits).toEqual([500, 500, 1000, 5000, 10_000, 10_000]);
		expect(pace.afterRound(1_000_000, {...empty, arrived: 1})).toBe(500);
		pace.wake(2_000_000);
		expect(pace.afterRound(2_000_000, empty)).toBe(500);
	});

	/** What a listing of 1,000 versions takes of a core: 83 ms, most of it for XML. */
	test.each([1, 10, 100, 1000])(
		'of %i pages take less than a tenth of a core, however much arrives',
		(pages) => {
			const versions = pages * 1000;
			const costMs = pages * 83;
			const waitMs = createPace(0).afterRound(0, {arrived: 1000, pages, versions});
			expect(costMs / (costMs + waitMs)).toBeLessThanOrEqual(0.1);
		},
	);
});

describe('questions to the source', () => {
	test('are asked early where little is known of delays, later by what is known, and after two minutes at most', () => {
		const pace = createAskPace(0);
		const delays = createDelayHistogram();
		expect(pace.overdueAfterMs(delays)).toBe(1000);
		for (let count = 0; count < 20; count++) delays.add(10_000);
		expect(pace.overdueAfterMs(delays)).toBeGreaterThanOrEqual(20_000);
		for (let count = 0; count < 200; count++) delays.add(3_600_000);
		expect(pace.overdueAfterMs(delays)).toBe(120_000);
	});

	test('about what is overdue are a sample as long as they tell nothing new, and end when too many were in vain', () => {
		const pace = createAskPace(0);
		let asked = 0;
		for (let round = 0; round < 1000; round++) {
			const size = pace.sampleSize(1000, 100);
			asked += size;
			for (let index = 0; index < size; index++) pace.answered('overdue', false);
		}

		// Twenty for any run, and eight for a hundred files.
		expect(asked).toBe(28);
	});

	test('become many at once while the answers are news', () => {
		const pace = createAskPace(0);
		for (let index = 0; index < 30; index++) pace.answered('overdue', true);
		expect(pace.atOnce).toBe(16);
		expect(pace.sampleSize(0, 10_000)).toBe(820);
	});

	test('come later after an arrival where the source is not ready to confirm it', () => {
		const pace = createAskPace(0);
		expect(pace.confirmAfterMs).toBe(250);
		for (let round = 0; round < 20; round++) {
			pace.answered('confirm', false);
			pace.roundOver();
		}

		expect(pace.confirmAfterMs).toBe(30_000);
		expect(pace.atOnce).toBe(2);
	});
});

test('keys stand in the order in which S3 lists them, that of their bytes in UTF-8', () => {
	const parts = ['', 'a', 'b', 'Z', '0', '/', '\u007F', 'é', '\uD7FF', '\uE000', '\uFFFD', '😀', '𐀀'];
	const keys = parts.flatMap((one) => parts.flatMap((two) => parts.map((three) => one + two + three)));
	const byBytes = keys.toSorted((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)));
	expect(keys.toSorted(compareKeys)).toEqual(byBytes);
});
