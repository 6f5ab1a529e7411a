import type {DestinationFigures} from '../../session/watch/watch-view.js';
import {type Glyphs} from '../theme.js';
import {percentileText} from './percentile-text.js';
import {type Line, plain, quiet, type Span} from '../components/text/line.js';
import {padEnd, truncateMiddle} from '../components/text/truncate.js';

const minWordsWidth = 100;

const countsOf = (
	{replicated, pending, failed}: DestinationFigures,
	{ok, pending: pendingSign, failed: failedSign}: Glyphs,
	hasWords: boolean,
): readonly Span[] => {
	const words = hasWords ? [' replicated', ' pending', ' failed'] : ['', '', ''];
	return [
		{text: `  ${ok} ${replicated}${words[0]}`, role: 'ok'},
		{text: `  ${pendingSign} ${pending}${words[1]}`, role: pending > 0 ? 'pending' : 'secondary'},
		{text: `  ${failedSign} ${failed}${words[2]}`, role: failed > 0 ? 'error' : 'secondary'},
	];
};

/**
 * Each destination with its own figures: their fates differ. In words where there is room for them; the row of all
 * figures tells what the signs mean.
 *
 * @param rows it takes; with more destinations the last one tells how many are missing
 */
export const destinationLines = (
	destinations: readonly DestinationFigures[],
	{
		glyphs,
		width,
		rows,
		isTwoWay = false,
	}: {
		readonly glyphs: Glyphs;
		readonly width: number;
		readonly rows: number;
		/** The last one is the source, where files of the way back come to. */
		readonly isTwoWay?: boolean;
	},
): readonly Line[] => {
	const shown = destinations.length > rows ? destinations.slice(0, Math.max(0, rows - 1)) : destinations;
	const nameWidth = Math.min(
		Math.floor(width / 2.6),
		Math.max(...destinations.map(({bucket, region}) => bucket.length + (region?.length ?? 0) + 3)),
	);
	const lines = shown.map((destination, index): Line => {
		const {bucket, region, delays, isObserved} = destination;
		const place = region === undefined ? '' : ` (${region})`;
		const name = truncateMiddle(bucket, Math.max(8, nameWidth - place.length), glyphs.more) + place;
		return [
			quiet(`  ${isTwoWay && index === destinations.length - 1 ? glyphs.arrowBack : glyphs.arrow} `),
			plain(padEnd(name, nameWidth)),
			...countsOf(destination, glyphs, width >= minWordsWidth),
			plain(`   p50 ${percentileText(delays, 0.5)}  p95 ${percentileText(delays, 0.95)}`),
			quiet(isObserved ? '' : '   by the source alone'),
		];
	});
	const missing = destinations.length - shown.length;
	return rows > 0 && missing > 0 ? [...lines, [quiet(`    ${glyphs.more}and ${missing} more`)]] : lines;
};
