import {describe, expect, test} from 'vitest';
import {createDelayHistogram} from '../../source/domain/watch/delay-histogram.js';
import {parseUntil, untilProblem} from '../../source/domain/watch/until-condition.js';

/** A hundred delays: 1 s, 2 s, … 100 s. */
const hundred = Array.from({length: 100}, (_, index) => (index + 1) * 1000);

type Given = {
	readonly delays?: readonly number[];
	readonly failed?: number;
	readonly pending?: number;
	readonly missing?: number;
};

function holds(
	text: string,
	{delays = hundred, failed = 0, pending = 0, missing = failed + pending}: Given = {},
) {
	const histogram = createDelayHistogram();
	for (const delayMs of delays) histogram.add(delayMs);
	const condition = parseUntil(text);
	if (!condition) throw new Error(`${text} is no condition.`);
	const objects = {uploaded: delays.length + failed + pending, replicated: delays.length, failed, pending};
	return untilProblem(condition, histogram, objects, missing, 'b') === undefined;
}

describe('a condition', () => {
	test.each(['p50<1s', 'p95<30s', 'p99<=1.5m', 'max<900ms', 'failed<1', 'failed<=0', ' p95 < 30s '])(
		'is %s',
		(text) => {
			expect(parseUntil(text)?.text).toBe(text.trim());
		},
	);

	test.each([
		'p90<1s',
		'p95<30',
		'p95>30s',
		'p95=30s',
		'failed<1s',
		'failed',
		'p95<-1s',
		'p95<30s,max<1m',
		'',
	])('is not %j', (text) => {
		expect(parseUntil(text)).toBeUndefined();
	});
});

describe('of a hundred files that took 1 s to 100 s', () => {
	test.each([
		['p50<51s', true],
		['p50<49s', false],
		['p95<96s', true],
		['p95<94s', false],
		['p99<100s', true],
		['p99<98s', false],
		['p95<2m', true],
		['p50<40000ms', false],
		['max<=100s', true],
		['max<100s', false],
		['failed<1', true],
		['failed<=0', true],
		['failed<0', false],
	])('%s: %s', (text, isMet) => {
		expect(holds(text)).toBe(isMet);
	});
});

describe('what has not arrived', () => {
	test.each([
		['p95<1000s', {pending: 5}, true],
		['p95<1000s', {failed: 3, pending: 3}, false],
		['max<1000s', {pending: 1}, false],
		['p50<60s', {failed: 10}, true],
		['failed<3', {failed: 2, pending: 50}, true],
		['failed<3', {failed: 3}, false],
	] as const)('is slower than everything: %s with %j is %s', (text, given, isMet) => {
		expect(holds(text, given)).toBe(isMet);
	});

	test('counts at each destination where it is missing', () => {
		// Six of a hundred files are at none of three destinations: of 300 arrivals 18 are missing, more than one in twenty.
		const delays = Array.from({length: 282}, () => 1000);
		expect(holds('p95<2s', {delays, failed: 6, missing: 6})).toBe(true);
		expect(holds('p95<2s', {delays, failed: 6, missing: 18})).toBe(false);
	});

	test('is all there is where nothing was measured', () => {
		expect(holds('p95<1000s', {delays: []})).toBe(false);
		expect(holds('p95<1000s', {delays: [], pending: 2})).toBe(false);
		expect(holds('failed<1', {delays: []})).toBe(true);
	});
});

test.each([1, 2, 3, 7, 49, 93, 100, 107, 1000])('the rank of %i delays is never one too many', (count) => {
	const delays = Array.from({length: count}, (_, index) => (index + 1) * 1000);
	for (const [name, part] of [
		['p50', 0.5],
		['p95', 0.95],
		['p99', 0.99],
	] as const) {
		const rank = Math.max(1, Math.ceil(part * count));
		expect(holds(`${name}<${rank * 1000 * 1.01 + 1}ms`, {delays})).toBe(true);
		expect(holds(`${name}<${rank * 1000}ms`, {delays})).toBe(false);
	}
});
