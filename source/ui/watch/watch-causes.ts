import type {Cause} from '../../domain/event.js';
import {type Glyphs} from '../theme.js';
import {signOf} from '../components/documents/cause-lines.js';
import {blankLine, type Line, quiet} from '../components/text/line.js';
import {displayWidth, truncateEnd} from '../components/text/truncate.js';

const gap = '   ';

/** What stands in the way of files, in a row: the first cause, how many there are besides, and the keys that help. */
export const causeLine = (
	causes: readonly Cause[],
	{glyphs, width, canMend}: {readonly glyphs: Glyphs; readonly width: number; readonly canMend: boolean},
): Line => {
	const [first, ...more] = causes;
	if (!first) return blankLine;
	const {sign, role} = signOf(first, glyphs);
	const besides = more.length === 0 ? '' : ` (and ${more.length} more)`;
	const keys = `${besides}${gap}d why${canMend ? `${gap}x mend` : ''}`;
	const room = Math.max(10, width - displayWidth(keys) - 1);
	return [
		{text: truncateEnd(`  ${sign} ${first.reason}  ${first.headline}`, room, glyphs.more), role},
		quiet(keys),
	];
};
