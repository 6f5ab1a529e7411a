import {Box} from 'ink';
import {checkLabel} from '../../../domain/checks/group-title.js';
import {durationText} from '../../../domain/text/duration-text.js';
import type {CheckProgress} from '../../../session/state/run-state.js';
import {useScroll} from '../../hooks/use-scroll.js';
import {useTheme} from '../../hooks/use-theme.js';
import type {Glyphs} from '../../theme.js';
import {resultGlyph, resultRole} from './check-list.js';
import {type ProblemRow, problemRows, ProblemRows} from './problem-panel.js';
import {padEnd, wrapText} from '../text/truncate.js';
import {Text} from '../text/text.js';

const resultWords = {ok: 'ok', warning: 'warning', problem: 'problem', unknown: 'not known'} as const;

type CheckDetailProps = {
	readonly check: CheckProgress;
	/** The step where something can be changed about it. */
	readonly stepTitle: string | undefined;
	/** Cells across. */
	readonly width: number;
	/** Rows it may take. */
	readonly rows: number;
	/** Whether it hears the keys. */
	readonly isOpen: boolean;
};

/** All rows of what one check found: what was seen, why it matters, what to do, and where. */
export const checkDetailRows = (
	{check, stepTitle, width}: Omit<CheckDetailProps, 'rows' | 'isOpen'>,
	glyphs: Glyphs,
): readonly ProblemRow[] => {
	const {verdict, durationMs = 0} = check;
	const part = (head: string, text: string): readonly ProblemRow[] =>
		wrapText(text, width - 12).map((line, index) => ({
			head: `   ${padEnd(index === 0 ? head : '', 8)}`,
			headRole: 'secondary',
			text: line,
			textRole: 'plain',
		}));
	if (!verdict) return part('check', `${checkLabel(check)}: being looked at`);
	const {result, evidence, problem} = verdict;
	const words = `${checkLabel(check)}: ${resultWords[result]}   ${durationText(durationMs)}`;
	const head = wrapText(words, width - 5).map((line, index): ProblemRow => ({
		head: ` ${padEnd(index === 0 ? resultGlyph(result, glyphs) : '', 2)}`,
		headRole: resultRole(result),
		text: line,
		textRole: 'strong',
	}));
	const seen = part('seen', evidence);
	if (!problem) return [...head, ...seen];
	const told = problemRows({...problem, width}, glyphs).map((row) =>
		row.headRole === 'error' ? {...row, head: `   ${padEnd('', 0)}`, textRole: 'strong' as const} : row,
	);
	return [
		...head,
		...seen,
		...told,
		...(stepTitle === undefined ? [] : part('change', `in the step ${stepTitle}: esc leads back`)),
	];
};

/** What one check found: what has no room is counted, and scrolls while it is open. */
export const CheckDetail = ({rows, isOpen, ...rest}: CheckDetailProps) => {
	const {glyphs, styles} = useTheme();
	const all = checkDetailRows(rest, glyphs);
	const {top, textRows, isLong: isCut} = useScroll(all.length, rows, isOpen);
	const left = all.length - top - textRows;
	const more = isOpen
		? `lines ${top + 1}-${all.length - left} of ${all.length}`
		: `${glyphs.more}${left} more: ${glyphs.right} opens`;
	return (
		<Box flexDirection="column" width={rest.width} height={rows} overflow="hidden" flexShrink={0}>
			<ProblemRows rows={all.slice(top, top + textRows)} />
			{isCut && <Text {...styles.secondary} wrap="truncate">{`   ${more}`}</Text>}
		</Box>
	);
};
