import {type Glyphs} from '../theme.js';
import {type Line, plain, quiet, type Span} from '../components/text/line.js';
import {filledCells} from '../components/text/progress-bar.js';
import {figureParts, type WatchFigures} from './watch-figures.js';
import {displayWidth} from '../components/text/truncate.js';

const minBarWidth = 4;
const maxBarWidth = 60;
const gap = 3;

/** How far the files are: a bar, and the figures beside it. What has no room goes from the right. */
export const countsLine = (
	figures: WatchFigures,
	{glyphs, width}: {readonly glyphs: Glyphs; readonly width: number},
): Line => {
	const all = figureParts(figures, glyphs);
	const widthOf = (count: number): number =>
		all.slice(0, count).reduce((sum, {text}) => sum + gap + displayWidth(text), 0);
	let count = all.length;
	while (count > 1 && widthOf(count) + minBarWidth + 3 > width) count--;
	const barWidth = Math.min(maxBarWidth, Math.max(minBarWidth, width - widthOf(count) - 4));
	const filled = filledCells(figures.replicated + figures.failed, figures.total, barWidth);
	return [
		plain('  '),
		{text: glyphs.barDone.repeat(filled), role: 'accent'},
		quiet(glyphs.barTodo.repeat(barWidth - filled)),
		...all.slice(0, count).map(({text, role}): Span => ({text: ' '.repeat(gap) + text, role})),
	];
};
