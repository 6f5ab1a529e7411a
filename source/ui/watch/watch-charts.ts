import {sizeText} from '../../domain/text/duration-text.js';
import type {DelayFacts} from '../../domain/watch/delay-histogram.js';
import type {ArrivalRates} from '../../session/watch/watch-view.js';
import {type Glyphs} from '../theme.js';
import {delayBins} from '../../domain/watch/delay-bins.js';
import {percentileText, ratePerSecond, rateText} from './watch-delays.js';
import {columnChart} from './levels.js';
import {beside, type Line, plain, quiet} from '../components/text/line.js';
import {padEnd} from '../components/text/truncate.js';
import {chartRows} from './watch-layout.js';

const percentileWidth = 18;
const binCount = 8;
const binWidth = 4;
const gap = 3;
const maxSeconds = 60;

const percentiles = (delays: DelayFacts): readonly Line[] => [
	[quiet(`  delay of ${delays.count}`)],
	...(
		[
			['p50', 0.5],
			['p95', 0.95],
			['p99', 0.99],
			['max', 1],
		] as const
	).map(([name, part]): Line => [quiet(`   ${name}  `), plain(percentileText(delays, part))]),
];

const bins = (delays: DelayFacts, {levels}: Glyphs): readonly Line[] => {
	const found = delayBins(delays, binCount);
	const counts = found.map(({count}) => count);
	return [
		[quiet('took up to')],
		...columnChart(counts, levels, {rows: chartRows - 2, cellWidth: binWidth}).map((text): Line => [
			{text, role: 'accent'},
		]),
		[quiet(found.map((bin) => padEnd(bin.label, binWidth)).join(''))],
	];
};

const heights = (values: readonly number[], {levels}: Glyphs): readonly string[] =>
	columnChart(values, levels, {rows: chartRows - 1});

const rate = (title: string, rows: readonly string[]): readonly Line[] => [
	[quiet(title)],
	...rows.map((text): Line => [{text, role: 'accent'}]),
];

/** Fewer than these make two charts that say the same. */
const fewFiles = 50;

/** Arrivals and bytes side by side; one wide chart of both where they would look alike. */
const rateLines = (
	count: number,
	{objects, bytes}: ArrivalRates,
	glyphs: Glyphs,
	width: number,
): readonly Line[] => {
	const half = Math.max(20, Math.min(maxSeconds, Math.floor((width - gap) / 2)));
	const volume = `${sizeText(Math.round(ratePerSecond(bytes)))}/s`;
	const done = `${rateText(ratePerSecond(objects))} done/s`;
	const [byCount, byBytes] = [objects, bytes].map((values) => heights(values.slice(-half), glyphs));
	const isAlike = count < fewFiles || byCount?.join('\n') === byBytes?.join('\n');
	if (isAlike) {
		const seconds = Math.max(half, Math.min(maxSeconds, width));
		return rate(`${done}, ${volume}, last ${seconds} s`, heights(objects.slice(-seconds), glyphs));
	}

	return beside(rate(`${done}, last ${half} s`, byCount ?? []), rate(volume, byBytes ?? []), half + gap);
};

/** Percentiles, delays and arrivals side by side. */
export const chartLines = (
	delays: DelayFacts,
	arrivals: ArrivalRates,
	{glyphs, width}: {readonly glyphs: Glyphs; readonly width: number},
): readonly Line[] => {
	const ratesAt = percentileWidth + binCount * binWidth + gap;
	const left = beside(percentiles(delays), bins(delays, glyphs), percentileWidth);
	const rates = rateLines(delays.count, arrivals, glyphs, width - ratesAt - 1);
	return beside(left, rates, ratesAt);
};
