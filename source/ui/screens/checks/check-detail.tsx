import type {Room} from '../../hooks/use-body.js';
import {Box} from 'ink';
import {checkLabel} from '../../../domain/checks/group-title.js';
import {durationText} from '../../../domain/text/duration-text.js';
import type {CheckProgress} from '../../../session/state/run-state.js';
import {useScroll} from '../../hooks/use-scroll.js';
import {useTheme} from '../../hooks/use-theme.js';
import type {Glyphs} from '../../theme.js';
import {resultGlyph, resultRole} from './check-list.js';
import {
	headlineRows,
	partRows,
	type ProblemRow,
	problemRows,
	ProblemRows,
} from '../../components/problems/problem-panel.js';
import {Text} from '../../components/text/text.js';
import type {CheckHead} from '../../../domain/checks/check.js';
import {type StepId, stepOf} from '../../../session/state/steps.js';

const resultWords = {ok: 'ok', warning: 'warning', problem: 'problem', unknown: 'not known'} as const;

type CheckDetailProps = Room & {
	readonly check: CheckProgress;
	/** The step where something can be changed about it. */
	readonly stepTitle: string | undefined;
	/** Whether it hears the keys. */
	readonly isOpen: boolean;
};

/** All rows of what one check found: what was seen, why it matters, what to do, and where. */
export const checkDetailRows = (
	{check, stepTitle, width}: Omit<CheckDetailProps, 'rows' | 'isOpen'>,
	glyphs: Glyphs,
): readonly ProblemRow[] => {
	const {verdict, durationMs = 0} = check;
	if (!verdict) return partRows('check', `${checkLabel(check)}: being looked at`, width);
	const {result, evidence, problem} = verdict;
	const words = `${checkLabel(check)}: ${resultWords[result]}   ${durationText(durationMs)}`;
	const sign = {sign: resultGlyph(result, glyphs), headRole: resultRole(result)};
	const change = stepTitle === undefined ? undefined : `in the step ${stepTitle}: esc leads back`;
	return [
		...headlineRows(words, sign, width),
		...partRows('seen', evidence, width),
		// The sign stands before the check.
		...(problem ? problemRows(problem, width, {...glyphs, failed: ''}) : []),
		...(problem && change !== undefined ? partRows('change', change, width) : []),
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

const steps: Readonly<Record<CheckHead['group'], StepId>> = {
	identity: 'accounts',
	source: 'buckets',
	destination: 'buckets',
	role: 'options',
	rules: 'options',
};

/** The title of the step where something can be changed about a check; nothing where flags have answered it. */
export function stepTitleOf(
	{id, group}: CheckHead,
	answeredByFlags: ReadonlySet<StepId>,
): string | undefined {
	const stepId = id === 'accounts' ? 'mode' : steps[group];
	return answeredByFlags.has(stepId) ? undefined : stepOf(stepId).title;
}
