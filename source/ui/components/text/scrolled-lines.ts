import {type Glyphs} from '../../theme.js';
import {scrollTop} from '../../hooks/use-scroll.js';
import {type Line, plain, quiet} from './line.js';

/** Lines over so many rows, from a wanted top; what has no room scrolls, and that is said. */
export const scrolledLines = (
	lines: readonly Line[],
	{top: wantedTop, rows, glyphs}: {readonly top: number; readonly rows: number; readonly glyphs: Glyphs},
): readonly Line[] => {
	const isLong = lines.length > rows;
	const textRows = isLong ? Math.max(1, rows - 1) : rows;
	const top = scrollTop(wantedTop, 0, lines.length, textRows);
	const shown = lines.slice(top, top + textRows).map((line): Line => [plain(' '), ...line]);
	if (!isLong) return shown;
	const place = `lines ${top + 1}-${Math.min(lines.length, top + textRows)} of ${lines.length}`;
	return [...shown, [quiet(` ${glyphs.upDown} ${place}`)]];
};
