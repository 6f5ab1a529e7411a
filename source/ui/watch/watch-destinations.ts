import type {DestinationFigures, WatchedEnds} from '../../session/watch/watch-view.js';
import type {Glyphs} from '../theme.js';
import {percentileText} from './watch-delays.js';
import {blankLine, type Line, plain, quiet, type Span, spread} from '../components/text/line.js';
import {displayWidth, padEnd, truncateMiddle} from '../components/text/truncate.js';

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

/**
 * `source (region) → destination (region)`, in a two-way watch with a sign for both ways in between, and at the right how it stands with the watch itself. Where there is no room for
 * all of it the regions go first; then names are cut.
 *
 * @param note `live 4:12`, `paused`
 */
export const endsLine = (
	ends: WatchedEnds | undefined,
	note: Span,
	{glyphs, width}: {readonly glyphs: Glyphs; readonly width: number},
): Line => {
	if (!ends) return blankLine;
	const {sourceBucket, sourceRegion, homes = []} = ends;
	const isTwoWay = homes.length > 0;
	const destinations = isTwoWay ? ends.destinations.slice(0, -1) : ends.destinations;
	const arrow = isTwoWay ? glyphs.bothWays : glyphs.arrow;
	const [first, ...others] = destinations;
	const name = others.length > 0 ? `${destinations.length} destinations` : (first?.bucket ?? '');
	const region = others.length > 0 || first?.region === undefined ? '' : ` (${first.region})`;
	const regions = displayWidth(` (${sourceRegion})${region}`);
	// Blanks before, around the arrow, and around the note.
	const free = width - displayWidth(arrow) - displayWidth(note.text) - 7;
	const hasRegions = displayWidth(sourceBucket) + displayWidth(name) + regions <= free;
	const nameWidths = sharedWidths(
		displayWidth(sourceBucket),
		displayWidth(name),
		hasRegions ? free - regions : free,
	);
	const line: Line = [
		plain('  '),
		{text: truncateMiddle(sourceBucket, nameWidths[0], glyphs.more), role: 'strong'},
		plain(`${hasRegions ? ` (${sourceRegion})` : ''} ${arrow} `),
		{text: truncateMiddle(name, nameWidths[1], glyphs.more), role: 'strong'},
		plain(hasRegions ? region : ''),
	];
	return spread(line, [{...note, text: `${note.text} `}], width);
};

/** What each of two names gets of the room for both: half of it, or what the other one does not need. */
const sharedWidths = (left: number, right: number, room: number): readonly [number, number] => {
	const half = Math.floor(room / 2);
	if (left <= half) return [left, room - left];
	return right <= half ? [room - right, right] : [half, room - half];
};
