import {Box} from 'ink';
import {durationText} from '../../../domain/text/duration-text.js';
import {operationText, operationTitle} from '../../../domain/operations/registry.js';
import {changeMark} from '../../../domain/plan/plan-text.js';
import type {OperationProgress} from '../../../session/state/run-state.js';
import {useTheme} from '../../hooks/use-theme.js';
import {type Glyphs, type Role} from '../../theme.js';
import {windowTop} from '../../hooks/filter-list-state.js';
import {displayWidth, padEnd, truncateEnd, truncateMiddle} from '../text/truncate.js';
import {Text} from '../text/text.js';

type OperationRowsProps = {
	/** In the plan's order, always. */
	readonly operations: readonly OperationProgress[];
	/** Milliseconds since 1970. */
	readonly nowMs: number;
	/** Rows it may take: the head, the operations, and a line under each that is tried again. */
	readonly rows: number;
	/** Cells across. */
	readonly width: number;
	/** The first line to show; by default the window is where it matters. */
	readonly top?: number;
};

type Line = {readonly progress: OperationProgress; readonly isReason: boolean; readonly isMerge?: boolean};

const prefixWidth = 5;
const triesWidth = 5;
const timeWidth = 8;
const gap = 2;

const glyphOf = ({state, operation}: OperationProgress, glyphs: Glyphs): readonly [string, Role] => {
	switch (state) {
		case 'waiting':
			return [glyphs.todo, 'secondary'];
		case 'running':
			return [glyphs.pending, 'pending'];
		case 'retrying':
			return [glyphs.retry, 'warning'];
		case 'done':
			return operation.change === 'keep' ? [changeMark('keep'), 'secondary'] : [glyphs.ok, 'ok'];
		case 'failed':
			return [glyphs.failed, 'error'];
	}
};

const wordsOf = ({state, operation}: OperationProgress): string => {
	const {doing, done} = operationText(operation.kind);
	if (operation.change === 'keep') return operationTitle(operation);
	if (state === 'running' || state === 'retrying') return doing;
	return state === 'done' ? done : operationTitle(operation);
};

const timeOf = ({state, operation, startedAt, durationMs}: OperationProgress, nowMs: number): string => {
	if (state === 'done' && operation.change === 'keep') return 'kept';
	if (durationMs !== undefined) return durationText(durationMs);
	return startedAt === undefined ? '' : durationText(Math.max(0, nowMs - startedAt));
};

const mergeText = ({operation}: OperationProgress): string =>
	operation.change === 'keep'
		? 'somebody changed it meanwhile to what was planned'
		: 'somebody changed it meanwhile; the same change was made to that';

/** The lines of the list: each operation, under it that somebody changed it, and why it waits for its next try. */
export const operationLines = (operations: readonly OperationProgress[]): readonly Line[] =>
	operations.flatMap((progress) => [
		{progress, isReason: false},
		...(progress.isMerged ? [{progress, isReason: false, isMerge: true}] : []),
		...(progress.retry ? [{progress, isReason: true}] : []),
	]);

/** Where to look first when not all lines have room: what went wrong, what is under way, what comes next. */
const lineToShow = (lines: readonly Line[]): number => {
	const states = ['failed', 'retrying', 'running', 'waiting'] as const;
	for (const wanted of states) {
		const found = lines.findLastIndex(({progress}) => progress.state === wanted && wanted !== 'waiting');
		if (found !== -1) return found;
	}

	const waiting = lines.findIndex(({progress}) => progress.state === 'waiting');
	return waiting === -1 ? lines.length - 1 : waiting;
};

/** A row for every operation: state, resource, tries, time. */
export const OperationRows = ({operations, nowMs, rows, width, top: wantedTop}: OperationRowsProps) => {
	const {glyphs, styles} = useTheme();
	const wordsWidth = Math.max(
		...operations.map(({operation}) =>
			Math.max(...Object.values(operationText(operation.kind)).map((text) => text.length)),
		),
	);
	const room = width - prefixWidth - wordsWidth - triesWidth - timeWidth - gap * 3 - 1;
	const longest = Math.max(...operations.map(({operation}) => displayWidth(operation.target)));
	const targetWidth = Math.max(8, Math.min(room, longest));
	const lines = operationLines(operations);
	const lineRows = Math.max(1, rows - 1);
	const top = wantedTop ?? windowTop(0, lineToShow(lines), lines.length, lineRows);
	return (
		<Box flexDirection="column" width={width} flexShrink={0}>
			<Text {...styles.secondary} wrap="truncate">
				{`${' '.repeat(prefixWidth)}${padEnd('OPERATION', wordsWidth)}  ${padEnd('RESOURCE', targetWidth)}  TRIES  ${'TIME'.padStart(timeWidth)}`}
			</Text>
			{lines.slice(top, top + lineRows).map(({progress, isReason, isMerge}) => {
				const {operation, tries, retry, state} = progress;
				if (isMerge) {
					const text = truncateEnd(mergeText(progress), width - prefixWidth - 2, glyphs.more);
					return (
						<Text key={`${operation.id} merge`} {...styles.warning} wrap="truncate">
							{`${' '.repeat(prefixWidth)}  ${text}`}
						</Text>
					);
				}

				if (isReason && retry) {
					const secondsLeft = Math.ceil((retry.nextTryAt - nowMs) / 1000);
					const next = secondsLeft > 0 ? `next try in ${secondsLeft} s` : 'trying now';
					const reason = truncateEnd(retry.reason, width - prefixWidth - next.length - 6, glyphs.more);
					return (
						<Text key={`${operation.id} reason`} {...styles.warning} wrap="truncate">
							{`${' '.repeat(prefixWidth)}  ${reason}; ${next}`}
						</Text>
					);
				}

				const [glyph, role] = glyphOf(progress, glyphs);
				return (
					<Text key={operation.id} wrap="truncate">
						<Text {...styles[role]}>{padEnd(`  ${glyph}`, prefixWidth)}</Text>
						<Text {...(state === 'waiting' ? styles.secondary : styles.plain)}>
							{padEnd(wordsOf(progress), wordsWidth)}
						</Text>
						{'  '}
						{padEnd(truncateMiddle(operation.target, targetWidth, glyphs.more), targetWidth)}
						{'  '}
						<Text {...styles.secondary}>
							{`${(tries === 0 ? '' : String(tries)).padStart(triesWidth)}  ${timeOf(progress, nowMs).padStart(timeWidth)}`}
						</Text>
					</Text>
				);
			})}
		</Box>
	);
};
