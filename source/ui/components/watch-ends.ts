import type {WatchedEnds} from '../../session/watch/watch-view.js';
import {type Glyphs} from '../theme.js';
import {blankLine, type Line, plain, quiet, spread} from './line.js';
import {displayWidth, truncateMiddle} from './truncate.js';

/**
 * `source (region) → destination (region)`, and at the right how it stands with the watch itself.
 *
 * @param note `live 4:12`, `paused`
 */
export const endsLine = (
	ends: WatchedEnds | undefined,
	note: string,
	{glyphs, width}: {readonly glyphs: Glyphs; readonly width: number},
): Line => {
	if (!ends) return blankLine;
	const {sourceBucket, sourceRegion, destinations} = ends;
	const [first, ...others] = destinations;
	const name = others.length > 0 ? `${destinations.length} destinations` : (first?.bucket ?? '');
	const region = others.length > 0 || first?.region === undefined ? '' : ` (${first.region})`;
	const fixed = 5 + displayWidth(sourceRegion + glyphs.arrow + region);
	const names = displayWidth(sourceBucket) + displayWidth(name);
	// Whole names say more than the note does.
	const noteWidth = displayWidth(note) + 2;
	const hasNote = fixed + names + 2 + noteWidth <= width;
	const nameWidth = Math.max(8, Math.floor((width - fixed - 3) / 2));
	const line: Line = [
		plain('  '),
		{text: truncateMiddle(sourceBucket, nameWidth, glyphs.more), role: 'strong'},
		plain(` (${sourceRegion}) ${glyphs.arrow} `),
		{text: truncateMiddle(name, nameWidth, glyphs.more), role: 'strong'},
		plain(region),
	];
	return hasNote ? spread(line, [quiet(`${note} `)], width) : line;
};
