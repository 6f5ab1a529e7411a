import {sizeText} from '../../domain/text/duration-text.js';
import type {WatchCounts} from '../../session/watch/watch-view.js';
import type {Glyphs, Role} from '../theme.js';
import {type Line, plain, quiet, type Span} from '../components/text/line.js';
import {filledCells} from '../components/text/progress-bar.js';
import {displayWidth} from '../components/text/truncate.js';

/** How far the objects of a watch are. */
export type WatchFigures = {
	/** With those that are wanted and not sent yet, without those that no rule takes or that are gone, and without delete markers. */
	readonly total: number;
	readonly replicated: number;
	readonly failed: number;
	/** Sent, and on their way. */
	readonly pending: number;
	/** Wanted, and not sent yet. */
	readonly notSent: number;
	/** Of those that are on their way: for long. */
	readonly slow: number;
	/** The source says COMPLETED, and a destination does not have it. */
	readonly unseen: number;
	readonly bytes: number;
};

/** What of the counts a person wants to know. */
export const watchFigures = (
	{objects, bytes, total: all, others}: WatchCounts,
	filesWanted: number,
): WatchFigures => {
	const {replicated, failed, slow, unseen, unmatched, deletedAtSource, deleteMarker} = objects;
	const notSent = Math.max(0, filesWanted - (all - others));
	const total = all + notSent - unmatched - deletedAtSource - deleteMarker;
	const sum = Object.values(bytes).reduce((left, right) => left + right, 0);
	const pending = total - replicated - failed - notSent;
	return {total, replicated, failed, slow, unseen, pending, notSent, bytes: sum};
};

type FigurePart = {readonly text: string; readonly role: Role};

/**
 * The figures as words with their signs, those first that must not be missing where there is little room. What there is none
 * of is told of the three states that matter only.
 */
export const figureParts = (
	{total, replicated, pending, notSent, failed, slow, unseen, bytes}: WatchFigures,
	glyphs: Glyphs,
): readonly FigurePart[] => [
	{text: `${glyphs.ok} ${replicated} replicated`, role: 'ok'},
	{text: `${glyphs.pending} ${pending} pending`, role: pending > 0 ? 'pending' : 'secondary'},
	{text: `${glyphs.failed} ${failed} failed of ${total}`, role: failed > 0 ? 'error' : 'secondary'},
	...(slow > 0 ? [{text: `${glyphs.warning} ${slow} slow`, role: 'warning'} as const] : []),
	...(unseen > 0 ? [{text: `${glyphs.warning} ${unseen} not seen`, role: 'warning'} as const] : []),
	...(notSent > 0 ? [{text: `${notSent} to send`, role: 'secondary'} as const] : []),
	{text: sizeText(bytes), role: 'secondary'},
];

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
