import type {WatchedEnds} from '../../session/watch/watch-view.js';
import {type Glyphs} from '../theme.js';
import {blankLine, type Line, plain, type Span, spread} from '../components/text/line.js';
import {displayWidth, truncateMiddle} from '../components/text/truncate.js';

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
