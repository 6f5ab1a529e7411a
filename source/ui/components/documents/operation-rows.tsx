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
	/** Id of the operation in focus. */
	readonly focusedId?: string | undefined;
};

type Line = {readonly progress: OperationProgress; readonly isReason: boolean; readonly isMerge?: boolean};

const prefixWidth = 6;
const triesWidth = 5;
const timeWidth = 8;
const gap = 2;

/** The sign of how far an operation is. */
export const glyphOf = ({state, operation}: OperationProgress, glyphs: Glyphs): readonly [string, Role] => {
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

/** What is done now, was done, or will be. */
export const wordsOf = ({state, operation}: OperationProgress): string => {
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

/** What there is to know of an operation besides its row: why it waits, what somebody else changed, what it told at its end. */
export const progressNotes = (progress: OperationProgress): readonly string[] => [
	...(progress.retry ? [`${progress.retry.reason}.`] : []),
	...(progress.isMerged ? [`${mergeText(progress)}.`] : []),
	...(progress.notes ?? []),
];

/** The lines of the list: each operation, under it that somebody changed it, and why it waits for its next try. */
export const operationLines = (operations: readonly OperationProgress[]): readonly Line[] =>
	operations.flatMap((progress) => [
		{progress, isReason: false},
		...(progress.isMerged ? [{progress, isReason: false, isMerge: true}] : []),
		...(progress.retry ? [{progress, isReason: true}] : []),
	]);

/** Where to look first: what went wrong, what is under way, what comes next; nowhere once all is done. */
export const operationToShow = (operations: readonly OperationProgress[]): string | undefined => {
	if (operations.every(({state}) => state === 'done')) return undefined;
	const lines = operationLines(operations);
	return lines[lineToShow(lines)]?.progress.operation.id;
};

/** The first line in sight where the window is where it matters. */
export const restingTop = (operations: readonly OperationProgress[], rows: number): number => {
	const lines = operationLines(operations);
	return windowTop(0, lineToShow(lines), lines.length, rows);
};

const lineToShow = (lines: readonly Line[]): number => {
	const states = ['failed', 'retrying', 'running', 'waiting'] as const;
	for (const wanted of states) {
		const found = lines.findLastIndex(({progress}) => progress.state === wanted && wanted !== 'waiting');
		if (found !== -1) return found;
	}

	const waiting = lines.findIndex(({progress}) => progress.state === 'waiting');
	return waiting === -1 ? lines.length - 1 : waiting;
};

const widthsOf = (operations: readonly OperationProgress[]) => {
	const wordsWidth = Math.max(
		0,
		...operations.map(({operation}) =>
			Math.max(...Object.values(operationText(operation.kind)).map((text) => text.length)),
		),
	);
	return {
		wordsWidth,
		besides: prefixWidth + wordsWidth + triesWidth + timeWidth + gap * 3 + 1,
		longest: Math.max(8, ...operations.map(({operation}) => displayWidth(operation.target))),
	};
};

/** Cells across in which no name is cut. */
export const wholeWidth = (operations: readonly OperationProgress[]): number => {
	const {besides, longest} = widthsOf(operations);
	return besides + longest;
};

/** A row for every operation: state, resource, tries, time. */
export const OperationRows = ({
	operations,
	nowMs,
	rows,
	width,
	top: wantedTop,
	focusedId,
}: OperationRowsProps) => {
	const {glyphs, styles} = useTheme();
	const {wordsWidth, besides, longest} = widthsOf(operations);
	const targetWidth = Math.max(8, Math.min(width - besides, longest));
	const lines = operationLines(operations);
	const lineRows = Math.max(1, rows - 1);
	const top = wantedTop ?? restingTop(operations, lineRows);
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
				const isFocused = operation.id === focusedId;
				return (
					<Text key={operation.id} wrap="truncate">
						<Text {...styles.accent}>{isFocused ? ` ${glyphs.focus} ` : '   '}</Text>
						<Text {...styles[role]}>{padEnd(glyph, prefixWidth - 3)}</Text>
						<Text {...styles[isFocused ? 'accent' : state === 'waiting' ? 'secondary' : 'plain']}>
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
