import {Box} from 'ink';
import {durationText} from '../../../domain/text/duration-text.js';
import {type OperationProgress} from '../../../session/state/run-state.js';
import {operationLines} from '../../components/documents/operation-rows.js';
import {hasProgressPane, ProgressList} from '../../components/documents/progress-list.js';
import type {OpenRow} from '../../components/documents/use-open-row.js';
import {ProblemList, problemListRows} from '../../components/problems/problem-list.js';
import {ProgressBar} from '../../components/text/progress-bar.js';
import {useBody} from '../../hooks/use-body.js';
import {useNow} from '../../hooks/use-now.js';
import {useSessionState} from '../../hooks/use-session.js';
import {useTheme} from '../../hooks/use-theme.js';
import {QuitNote} from './quit-note.js';
import {Text} from '../../components/text/text.js';

type ApplyProgressProps = {
	/** The row that is opened. */
	readonly row: OpenRow;
};

/** What is being done, a row each, with the problems of what failed; of a run as of an undo. */
export const ApplyProgress = ({row}: ApplyProgressProps) => {
	const {columns, rows} = useBody();
	const {glyphs} = useTheme();
	const {run, phase, applyProblem} = useSessionState();
	const secondMs = useNow(phase === 'applying');
	const {operations, applyStartedAt} = run;
	// What has ended since the last second would be longer than the whole.
	const nowMs = Math.max(secondMs, endOf(operations));
	const done = operations.filter(({state}) => state === 'done').length;
	const endMs = phase === 'applying' ? nowMs : endOf(operations);
	const elapsed = applyStartedAt === undefined ? '' : durationText(Math.max(0, endMs - applyStartedAt));
	const figures = `  ${done} of ${operations.length}   ${elapsed.padEnd(8)}`;
	const barWidth = Math.min(80, Math.max(8, columns - figures.length - 3));
	const problems =
		phase === 'apply-failed'
			? [...(applyProblem ? [applyProblem] : []), ...operations.flatMap(({problem}) => problem ?? [])]
			: [];
	const problemRows = problemListRows(problems, columns, glyphs).length;

	const isRoomy = rows >= 15;
	const fixed = isRoomy ? 4 : 2;
	const wanted = operationLines(operations).length + 1;
	// The problem is what matters then; the list keeps its failed row, and some of those above it that were finished: what is long scrolls.
	const kept = isRoomy ? Math.min(wanted, 6) : 2;
	const listRows = Math.max(
		kept,
		Math.min(wanted, rows - fixed - (problems.length > 0 ? problemRows + 1 : 0)),
	);
	// What stands beside the list has all the rows that nothing else needs.
	const free = rows - fixed - (problems.length > 0 ? problemRows + 1 : 0);
	const hasPane = hasProgressPane(operations, {columns, rows: free});
	const shownRows = hasPane ? Math.max(listRows, free) : listRows;
	const panelRows = Math.max(3, rows - fixed - shownRows - (isRoomy ? 1 : 0));
	const isAlone = row.isOpen && !hasPane;
	return (
		<Box flexDirection="column" height={rows} overflow="hidden">
			<Box>
				<Text>{'  '}</Text>
				<ProgressBar done={done} total={operations.length} width={barWidth} />
				<Text wrap="truncate">{figures}</Text>
			</Box>
			{isRoomy && !isAlone && <Text> </Text>}
			<ProgressList
				run={run}
				nowMs={nowMs}
				rows={shownRows}
				documentRows={rows - 2}
				width={columns}
				row={row}
			/>
			{isRoomy && !isAlone && <Text> </Text>}
			{problems.length > 0 && !isAlone && <ProblemList problems={problems} rows={panelRows} isBelowList />}
			<QuitNote columns={columns} isReading={row.isOpen} isAlone={isAlone} />
		</Box>
	);
};

/** When the last of what was begun had ended, in milliseconds since 1970. */
const endOf = (operations: readonly OperationProgress[]): number =>
	Math.max(0, ...operations.map(({startedAt = 0, durationMs = 0}) => startedAt + durationMs));
