import {Box} from 'ink';
import type {Problem} from '../../../domain/problem.js';
import {useBody} from '../../hooks/use-body.js';
import {type KeyBinding} from '../../hooks/use-keys.js';
import {useScroll} from '../../hooks/use-scroll.js';
import {useTheme} from '../../hooks/use-theme.js';
import {type Glyphs} from '../../theme.js';
import {problemRows, ProblemRows, type ProblemRow} from './problem-panel.js';
import {Text} from '../text/text.js';

type ProblemListProps = {
	readonly problems: readonly Problem[];
	/** Rows it may take, the whole body by default; more of them scroll. */
	readonly rows?: number;
	/** Whether the arrows move in a list above it: then it scrolls by pages alone. */
	readonly isBelowList?: boolean;
};

const blank: ProblemRow = {head: '', headRole: 'plain', text: '', textRole: 'plain'};

/** What the list does with keys, for the hint line of the screen it is on. */
export const problemListKeys: readonly KeyBinding[] = [
	{keys: ['up', 'down'], label: 'scroll', isHidden: true},
];

/** What it does with keys below a list. */
export const problemPageKeys: readonly KeyBinding[] = [
	{keys: ['pageup', 'pagedown'], label: 'page', isHidden: true},
];

/** All rows of some problems, a blank one between two of them. */
export const problemListRows = (
	problems: readonly Problem[],
	width: number,
	glyphs: Glyphs,
): readonly ProblemRow[] =>
	problems.flatMap((problem, index) => [
		...(index === 0 ? [] : [blank]),
		...problemRows(problem, width, glyphs),
	]);

/** Problems one under the other, whole: what has no room scrolls. */
export const ProblemList = ({problems, rows: given, isBelowList = false}: ProblemListProps) => {
	const {glyphs, styles} = useTheme();
	const body = useBody();
	const rows = given ?? body.rows;
	const all = problemListRows(problems, body.columns, glyphs);
	const {top, textRows, isLong} = useScroll(all.length, rows, all.length > rows, !isBelowList);
	const visible = all.slice(top, top + textRows);
	return (
		<Box flexDirection="column" width={body.columns} flexShrink={0}>
			<ProblemRows rows={visible} />
			{isLong && (
				<Text {...styles.secondary} wrap="truncate">
					{`   ${isBelowList ? 'PgUp PgDn' : glyphs.upDown} lines ${top + 1}-${top + visible.length} of ${all.length}`}
				</Text>
			)}
		</Box>
	);
};
