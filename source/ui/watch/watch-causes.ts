import type {Cause} from '../../domain/event.js';
import {type Glyphs} from '../theme.js';
import {signOf} from '../components/documents/cause-lines.js';
import {type Line, quiet} from '../components/text/line.js';
import {displayWidth, truncateEnd} from '../components/text/truncate.js';

const gap = '   ';

type Room = {
	readonly glyphs: Glyphs;
	readonly width: number;
	readonly canMend: boolean;
	/** Whether its words may take a row of their own. */
	readonly hasRoom: boolean;
};

/**
 * What stands in the way of files: the first cause in words, how many there are besides, and the keys that help. Where one row cuts the words
 * they have the next to themselves.
 */
export const causeRows = (
	causes: readonly Cause[],
	{glyphs, width, canMend, hasRoom}: Room,
): readonly Line[] => {
	const [first, ...more] = causes;
	if (!first) return [];
	const {sign, role} = signOf(first, glyphs);
	const keys = `${gap}d why${canMend ? `${gap}x mend` : ''}`;
	const head = `  ${sign} ${first.reason}  `;
	const besides = more.length === 0 ? '' : ` (and ${more.length} more)`;
	const whole = `${head}${first.headline}${besides}${keys}`;
	if (displayWidth(whole) < width || !hasRoom) {
		const room = Math.max(10, width - displayWidth(`${besides}${keys}`) - 1);
		return [
			[{text: truncateEnd(`${head}${first.headline}`, room, glyphs.more), role}, quiet(`${besides}${keys}`)],
		];
	}

	const others = more.length === 0 ? '' : `, and ${more.length} more`;
	const room = Math.max(10, width - displayWidth(keys) - 1);
	return [
		[{text: truncateEnd(`${head}${first.certainty}${others}`, room, glyphs.more), role}, quiet(keys)],
		[{text: truncateEnd(`    ${first.headline}`, width, glyphs.more), role}],
	];
};
