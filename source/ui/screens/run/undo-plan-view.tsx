import {Box} from 'ink';
import {endpointsText} from '../../../domain/endpoint/service-endpoints.js';
import {changeMark} from '../../../domain/plan/plan-text.js';
import {undoChangeCount, undoCounts, type UndoPlan, type UndoStep} from '../../../domain/undo/undo-plan.js';
import {undoDetail, undoTitleOf} from '../../../domain/undo/undo-text.js';
import {documentBefore, OperationDocument} from '../../components/documents/operation-document.js';
import {type OpenRow, useRowKeys, useShares} from '../../components/documents/use-open-row.js';
import {LineView} from '../../components/text/line-view.js';
import {ListWithPane} from '../../components/documents/document-pane.js';
import {firstChange} from '../../components/documents/plan-lines.js';
import {Paragraph} from '../../components/text/paragraph.js';
import {MoreBelow, Row} from '../../components/text/row.js';
import {
	displayWidth,
	padEnd,
	signedRows,
	truncateEnd,
	truncateMiddle,
} from '../../components/text/truncate.js';
import {useListCursor} from '../../hooks/use-list-cursor.js';
import {useSessionState} from '../../hooks/use-session.js';
import {useTheme} from '../../hooks/use-theme.js';
import {Text} from '../../components/text/text.js';
import {utcText} from '../../../domain/text/utc-text.js';

const titleWidth = 20;
const minDetailWidth = 12;
/** Focus, sign, gaps. */
const besides = 3 + 2 + 2 + 2;

type UndoPlanViewProps = {
	readonly plan: UndoPlan;
	/** The step that is opened. */
	readonly row: OpenRow;
};

type Line = {readonly key: string; readonly step: UndoStep} | {readonly key: string; readonly note: string};

/** What taking a run back will do, step by step in the order it is done, and what cannot be taken back. */
export const UndoPlanView = ({plan, row}: UndoPlanViewProps) => {
	const {rows, hasPane, listWidth, documentWidth} = useShares();
	const {glyphs, styles} = useTheme();
	const {planChanges, answers, alsoUndoable, run} = useSessionState();
	const notes = [...planChanges, ...plan.notes];
	const lines: readonly Line[] = [
		...plan.steps.map((step) => ({key: step.operation.id, step})),
		...notes.flatMap((note, noteIndex) =>
			signedRows(note, listWidth - 6, glyphs.warning).map((text, index) => ({
				key: `note ${noteIndex} ${index}`,
				note: text,
			})),
		),
	];
	const buckets = plan.runs.at(-1)?.buckets.join(` ${glyphs.arrow} `) ?? '';
	const placeText = `${utcText(plan.runs.at(-1)?.at ?? 0)}   ${buckets}   at ${endpointsText(run.endpoints ?? [])}`;
	const hasPlace = rows >= 12;
	const listRows = Math.max(1, rows - (hasPlace ? 7 : 6));
	const cursor = useListCursor({
		keys: lines.map(({key}) => key),
		rows: listRows,
		firstKey: firstChange(plan.steps.map(({operation}) => operation)),
	});
	const inFocus = lines[cursor.index];
	const focused = inFocus && 'step' in inFocus ? inFocus.step : undefined;
	useRowKeys(row, {
		cursor,
		key: inFocus?.key,
		canTurn: hasPane && focused !== undefined && documentBefore(focused.operation) !== undefined,
	});
	const document = focused ? (
		<OperationDocument
			operation={focused.operation}
			undo={focused}
			view={row.view}
			profile={focused.profile}
			width={documentWidth}
			rows={rows}
			isActive={row.isOpen}
		/>
	) : (
		<LineView
			lines={notes.flatMap((text) => [
				...signedRows(text, documentWidth - 2, glyphs.warning).map((line) => [
					{text: line, style: styles.warning},
				]),
				[{text: ''}],
			])}
			width={documentWidth}
			rows={rows}
			isActive={row.isOpen}
		/>
	);
	if (row.isOpen && !hasPane) return <Box paddingLeft={1}>{document}</Box>;

	const {delete: deleted, update, keep} = undoCounts(plan);
	const hasChanges = undoChangeCount(plan) > 0;
	const note = hasChanges
		? answers.environment === 'sandbox'
			? ''
			: 'Press a to undo. Enter does nothing here.'
		: `Nothing is left to undo.${alsoUndoable ? ` Another run on these buckets can be undone: ${alsoUndoable.header.runId}.` : ''}`;
	const targetWidth = Math.min(
		Math.max(8, ...plan.steps.map(({operation}) => displayWidth(operation.target))),
		Math.max(8, listWidth - besides - titleWidth - minDetailWidth),
	);
	const detailWidth = Math.max(0, listWidth - besides - titleWidth - targetWidth - 1);
	return (
		<ListWithPane width={listWidth} rows={rows} hasPane={hasPane} pane={document}>
			<Paragraph
				width={listWidth}
				role="strong"
				text={
					plan.runs.length > 1
						? `Undoes a set-up of ${plan.runs.length} runs: rules, then access, then files and buckets.`
						: 'Undoes what this run did: rules, then access, then files and buckets.'
				}
			/>
			{hasPlace && <Row role="secondary" text={`  ${placeText}`} width={listWidth} />}
			<Text wrap="truncate">{`  - ${deleted} to delete   ~ ${update} to restore   = ${keep} to leave`}</Text>
			<Text> </Text>
			{lines.slice(cursor.top, cursor.top + listRows).map((line) => {
				if ('note' in line)
					return <Row key={line.key} role="warning" text={`   ${line.note}`} width={listWidth} />;
				const {key, step} = line;
				const {change, target} = step.operation;
				const isFocused = step === focused;
				return (
					<Text key={key} {...styles[change === 'keep' ? 'secondary' : 'plain']} wrap="truncate">
						<Text {...styles.accent}>{isFocused ? ` ${glyphs.focus} ` : '   '}</Text>
						{`${changeMark(change)} `}
						<Text {...(isFocused ? styles.accent : {})}>{padEnd(undoTitleOf(step), titleWidth)}</Text>
						{`  ${padEnd(truncateMiddle(target, targetWidth, glyphs.more), targetWidth)}  `}
						<Text {...styles.secondary}>{truncateEnd(undoDetail(step), detailWidth, glyphs.more)}</Text>
					</Text>
				);
			})}
			<MoreBelow count={lines.length - cursor.top - listRows} />
			<Row role={hasChanges ? 'secondary' : 'ok'} text={`  ${note}`} width={listWidth} />
		</ListWithPane>
	);
};
