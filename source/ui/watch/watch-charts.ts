import {sizeText} from '../../domain/text/duration-text.js';
import type {DelayFacts} from '../../domain/watch/delay-histogram.js';
import type {ArrivalRates} from '../../session/watch/watch-view.js';
import {type Glyphs} from '../theme.js';
import {delayBins} from '../../domain/watch/delay-bins.js';
import {percentileText} from '../components/text/percentile-text.js';
import {columnChart} from '../components/frame/levels.js';
import {beside, type Line, plain, quiet} from '../components/text/line.js';
import {padEnd} from '../components/text/truncate.js';
import {rateText, ratePerSecond} from './watch-delays.js';
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

const rate = (title: string, values: readonly number[], {levels}: Glyphs): readonly Line[] => [
	[quiet(title)],
	...columnChart(values, levels, {rows: chartRows - 1}).map((text): Line => [{text, role: 'accent'}]),
];

/** Percentiles, delays and arrivals side by side. */
export const chartLines = (
	delays: DelayFacts,
	arrivals: ArrivalRates,
	{glyphs, width}: {readonly glyphs: Glyphs; readonly width: number},
): readonly Line[] => {
	const ratesAt = percentileWidth + binCount * binWidth + gap;
	const seconds = Math.max(20, Math.min(maxSeconds, Math.floor((width - ratesAt - gap - 1) / 2)));
	const done = `${rateText(ratePerSecond(arrivals.objects))} done/s, last ${seconds} s`;
	const volume = `${sizeText(Math.round(ratePerSecond(arrivals.bytes)))}/s`;
	const left = beside(percentiles(delays), bins(delays, glyphs), percentileWidth);
	const rates = beside(
		rate(done, arrivals.objects.slice(-seconds), glyphs),
		rate(volume, arrivals.bytes.slice(-seconds), glyphs),
		seconds + gap,
	);
	return beside(left, rates, ratesAt);
};
