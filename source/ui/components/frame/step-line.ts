import {type Glyphs, type Role} from '../../theme.js';
import {displayWidth} from '../text/truncate.js';

/** A step of the wizard as the header shows it. `review` was answered, but an earlier answer has changed since. */
export type FrameStep = {
	readonly title: string;
	readonly state: 'done' | 'current' | 'todo' | 'review';
};

type StepPart = {readonly text: string; readonly role: Role};

const roles: Readonly<Record<FrameStep['state'], Role>> = {
	done: 'ok',
	current: 'accent',
	todo: 'secondary',
	review: 'warning',
};

const glyphOf = (state: FrameStep['state'], {stepDone, current, todo}: Glyphs): string =>
	({done: stepDone, current, todo, review: current})[state];

const asWords = (steps: readonly FrameStep[], glyphs: Glyphs): readonly StepPart[] =>
	steps.flatMap(({title, state}) => [
		{text: `${glyphOf(state, glyphs)} `, role: roles[state]},
		{text: `${title}  `, role: state === 'current' ? 'strong' : state === 'todo' ? 'secondary' : 'plain'},
	]);

const asDots = (steps: readonly FrameStep[], glyphs: Glyphs): readonly StepPart[] => {
	const index = steps.findIndex(({state}) => state === 'current');
	const title = steps[index]?.title;
	return [
		...steps.map(({state}) => ({text: glyphOf(state, glyphs), role: roles[state]})),
		...(title === undefined
			? []
			: [{text: `  ${index + 1}/${steps.length} ${title}`, role: 'strong' as const}]),
	];
};

const widthOf = (parts: readonly StepPart[]): number =>
	parts.reduce((sum, {text}) => sum + displayWidth(text), 0);

/** From this width on the steps may be written as words. */
const wordsFromColumns = 100;
/** What a context needs to say anything. */
const minContextWidth = 16;

/**
 * How many cells the context gets: what the steps leave, written as words where these leave enough, else as dots with the longest of
 * their names, so that it stays as it is from step to step; a third of the row on a screen without steps.
 *
 * @param columns of the terminal
 * @param taken cells that are neither the steps' nor the context's
 */
export const contextWidth = (
	steps: readonly FrameStep[],
	glyphs: Glyphs,
	{columns, taken}: {readonly columns: number; readonly taken: number},
): number => {
	if (steps.length === 0) return Math.floor(columns / 3);
	const besideWords = columns - taken - widthOf(asWords(steps, glyphs));
	if (columns >= wordsFromColumns && besideWords >= minContextWidth) return besideWords;
	const besideDots = steps.map((step) => {
		const asCurrent = steps.map((one) => ({...one, state: one === step ? 'current' : 'todo'}) as const);
		return columns - taken - widthOf(asDots(asCurrent, glyphs)) - 2;
	});
	return Math.max(Math.floor(columns / 3), Math.min(...besideDots));
};

/**
 * The steps in the header: words from 100 columns on where they fit, dots and the current step's name otherwise.
 *
 * @param columns of the terminal
 * @param room cells that are free for the steps
 */
export const layoutSteps = (
	steps: readonly FrameStep[],
	glyphs: Glyphs,
	{columns, room}: {readonly columns: number; readonly room: number},
): readonly StepPart[] => {
	const words = asWords(steps, glyphs);
	return columns >= wordsFromColumns && widthOf(words) <= room ? words : asDots(steps, glyphs);
};
