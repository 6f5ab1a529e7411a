import type {DelayFacts} from '../../domain/watch/delay-histogram.js';
import type {Glyphs} from '../theme.js';
import {delayBins} from '../../domain/watch/delay-bins.js';
import {sparkline} from './levels.js';
import {type Line, plain, quiet, type Span} from '../components/text/line.js';
import {displayWidth} from '../components/text/truncate.js';
import {durationText} from '../../domain/text/duration-text.js';

const labelWidth = 10;
const label = (text: string): Span => quiet(`  ${text.padEnd(labelWidth - 2)}`);
const shortestLine = 6;
const longestLine = 60;

type Room = {readonly glyphs: Glyphs; readonly width: number};

/** How many arrive in a second, over the last ten whole ones. */
export const ratePerSecond = (arrivals: readonly number[]): number => {
	const whole = arrivals.slice(-11, -1);
	return whole.length === 0 ? 0 : whole.reduce((sum, count) => sum + count, 0) / whole.length;
};

export const rateText = (perSecond: number): string =>
	perSecond >= 10 || perSecond === 0 ? String(Math.round(perSecond)) : perSecond.toFixed(1);

/**
 * Percentiles, and arrivals per second where there is room for them.
 *
 * @param arrivals in each second, oldest first; the last one is still going on
 */
export const delaysLine = (delays: DelayFacts, arrivals: readonly number[], {glyphs, width}: Room): Line => {
	if (delays.count === 0) return [label('delay'), quiet('nothing has arrived yet')];
	const figures = [
		`p50 ${percentileText(delays, 0.5)}`,
		`p95 ${percentileText(delays, 0.95)}`,
		`p99 ${percentileText(delays, 0.99)}`,
		`max ${percentileText(delays, 1)}`,
	].join('  ');
	const lead = '   done/s ';
	const room = width - labelWidth - displayWidth(figures) - lead.length - 5;
	const line: Line = [label('delay'), plain(figures)];
	if (room < shortestLine) return line;
	return [
		...line,
		quiet(lead),
		{text: sparkline(arrivals.slice(-Math.min(room, longestLine)), glyphs.levels), role: 'accent'},
		plain(` ${rateText(ratePerSecond(arrivals))}`),
	];
};

const binWidth = 7;
const maxBins = 12;

/** How many took how long, as a row of bins. */
export const binsLine = (delays: DelayFacts, {glyphs, width}: Room): Line => {
	const count = Math.min(maxBins, Math.max(1, Math.floor((width - labelWidth) / binWidth)));
	const bins = delayBins(delays, count);
	const counts = bins.map((bin) => bin.count);
	const signs = sparkline(counts, glyphs.levels);
	return [
		label('up to'),
		...bins.flatMap((bin, index): Line => [
			quiet(`${bin.label.padStart(4)} `),
			{text: `${signs[index] ?? ' '} `, role: 'accent'},
		]),
	];
};

/** A percentile for people; a dash before anything has arrived. */
export const percentileText = (delays: DelayFacts, part: number): string =>
	delays.count === 0 ? '-' : durationText(part === 1 ? delays.maxMs : delays.quantile(part));
