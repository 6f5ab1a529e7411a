import {Box} from 'ink';
import {diffMark, diffText, documentDiff} from '../../../domain/plan/document-diff.js';
import type {Problem} from '../../../domain/problem.js';
import {useBody} from '../../hooks/use-body.js';
import {useTheme} from '../../hooks/use-theme.js';
import {type Glyphs, type Role} from '../../theme.js';
import {diffRoles} from '../documents/diff-view.js';
import {jsonLines} from '../documents/json-view.js';
import {padEnd, wrapHard, wrapText} from '../text/truncate.js';
import {Text} from '../text/text.js';

type ShownProblem = Pick<Problem, 'headline' | 'cause' | 'nextSteps' | 'documents'>;

const headWidth = 8;

/** One row of a problem: what stands before the text, and the text. */
export type ProblemRow = {
	readonly head: string;
	readonly headRole: Role;
	readonly text: string;
	readonly textRole: Role;
};

/** What it is about, after a sign. */
export const headlineRows = (
	text: string,
	{sign, headRole}: {readonly sign: string; readonly headRole: Role},
	width: number,
): readonly ProblemRow[] =>
	wrapText(text, width - 5).map((line, index) => ({
		head: ` ${padEnd(index === 0 ? sign : '', 2)}`,
		headRole,
		text: line,
		textRole: 'strong',
	}));

/** A part of what is told, after its name. */
export const partRows = (head: string, text: string, width: number): readonly ProblemRow[] =>
	wrapText(text, width - headWidth - 4).map((line, index) => ({
		head: `   ${padEnd(index === 0 ? head : '', headWidth)}`,
		headRole: 'secondary',
		text: line,
		textRole: 'plain',
	}));

/** A problem as it is told everywhere, row by row: what failed, why, and numbered next steps. */
export const problemRows = (
	{headline, cause, nextSteps, documents = []}: ShownProblem,
	width: number,
	glyphs: Glyphs,
): readonly ProblemRow[] => [
	...headlineRows(headline, {sign: glyphs.failed, headRole: 'error'}, width),
	...partRows('cause', cause, width),
	...nextSteps.flatMap((step, index) =>
		partRows(`${index === 0 ? 'next' : '    '}  ${index + 1}`, step, width),
	),
	...documents.flatMap(({title, value, before}) => [
		...partRows('', `${title}:`, width),
		...(before === undefined
			? jsonLines(value, width - headWidth - 4).map((text) => ({text, textRole: 'plain' as const}))
			: changeRows(before, value, width - headWidth - 4)
		).map((row): ProblemRow => ({head: `   ${padEnd('', headWidth)}`, headRole: 'plain', ...row})),
	]),
];

const changeRows = (
	before: unknown,
	after: unknown,
	width: number,
): ReadonlyArray<Pick<ProblemRow, 'text' | 'textRole'>> =>
	documentDiff(before, after).flatMap((line) =>
		wrapHard(diffText(line), width - 2).map((text) => ({
			text: `${diffMark(line)} ${text}`,
			textRole: diffRoles[line.kind],
		})),
	);

/** Rows of problems, one under the other. */
export const ProblemRows = ({rows}: {readonly rows: readonly ProblemRow[]}) => {
	const {styles} = useTheme();
	return rows.map(({head, headRole, text, textRole}, index) => (
		<Text key={index} wrap="truncate">
			<Text {...styles[headRole]}>{head}</Text>
			<Text {...styles[textRole]}>{text === '' ? ' ' : text}</Text>
		</Text>
	));
};

/** A problem as it is told everywhere: what failed, why, and numbered next steps. */
export const ProblemPanel = ({
	width: given,
	...problem
}: ShownProblem & {
	/** Cells across; the whole body by default. */
	readonly width?: number;
}) => {
	const {glyphs} = useTheme();
	const {columns} = useBody();
	const width = given ?? columns;
	return (
		<Box flexDirection="column" width={width}>
			<ProblemRows rows={problemRows(problem, width, glyphs)} />
		</Box>
	);
};
