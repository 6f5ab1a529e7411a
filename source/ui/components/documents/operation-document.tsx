import {type Room} from '../../hooks/use-body.js';
import {Box} from 'ink';
import type {Change} from '../../../domain/take-back/operation.js';
import {type Operation, operationTitle} from '../../../domain/operations/registry.js';
import {changeMark} from '../../../domain/plan/plan-text.js';
import {undoDetail, undoTitleOf} from '../../../domain/undo/undo-text.js';
import type {UndoStep} from '../../../domain/undo/undo-plan.js';
import {ruleLines} from '../../../domain/plan/plan-rules.js';
import {durationText} from '../../../domain/text/duration-text.js';
import type {OperationProgress} from '../../../session/state/run-state.js';
import {useTheme} from '../../hooks/use-theme.js';
import {DiffView} from './diff-view.js';
import {JsonView} from './json-view.js';
import {glyphOf, progressNotes, wordsOf} from './operation-rows.js';
import {Row} from '../text/row.js';
import {signedRows, truncateMiddle, wrapText} from '../text/truncate.js';
import {Text} from '../text/text.js';

/** What of an update is shown: what it changes, what will be there, what is there. */
export type DocumentView = 'changes' | 'after' | 'before';

const views: readonly DocumentView[] = ['changes', 'after', 'before'];

/** The view after this one. */
export const nextView = (view: DocumentView): DocumentView =>
	views[(views.indexOf(view) + 1) % views.length] ?? 'changes';

type OperationDocumentProps = Room & {
	readonly operation: Operation;
	/** Once the plan is applied: how far it is. */
	readonly progress?: OperationProgress | undefined;
	/** Of an undo: the step that takes something back. */
	readonly undo?: UndoStep | undefined;
	readonly view: DocumentView;
	/** Whose credentials make the call. */
	readonly profile: string;
	/** Hears keys. */
	readonly isActive: boolean;
};

const titleRows = 4;
/** With fewer, the document itself needs them. */
const rowsForRules = 16;

/** What stands at the target before an update, where it is known and differs. */
export const documentBefore = (operation: Operation): unknown =>
	operation.change === 'update' && 'before' in operation ? operation.before : undefined;

type States = Readonly<Record<DocumentView | 'deleted', string>>;

const planned: States = {
	changes: 'What changes',
	after: 'Will be written',
	before: 'There now',
	deleted: 'Will be deleted',
};

const statesOf: Readonly<Record<OperationProgress['state'], States>> = {
	waiting: planned,
	running: planned,
	retrying: planned,
	done: {changes: 'What changed', after: 'Written', before: 'There before', deleted: 'Deleted'},
	failed: {changes: 'Planned change', after: 'Planned', before: 'There before', deleted: 'Planned to delete'},
};

/** What is read of the target now, whatever becomes of it. */
const valueBefore = (operation: Operation): unknown => ('before' in operation ? operation.before : undefined);

const undoState = (change: Change, shown: DocumentView, states: States): string =>
	({delete: states.deleted, keep: 'Nothing to do', create: states[shown], update: states[shown]})[change];

/** How often it was tried, and for how long. */
const triesText = ({tries, durationMs}: OperationProgress): string =>
	[
		...(tries > 1 ? [`${tries} tries`] : []),
		...(durationMs === undefined ? [] : [durationText(durationMs)]),
	].join(', ');

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** An operation opened: what it changes, the very value that will be written, or what is there now. */
export const OperationDocument = ({
	operation,
	progress,
	undo,
	view,
	profile,
	width,
	rows,
	isActive,
}: OperationDocumentProps) => {
	const {glyphs, styles} = useTheme();
	const {id, change, target, account, region, after, notes = []} = operation;
	const before = documentBefore(operation);
	const shown = before === undefined ? 'after' : view;
	const states = statesOf[progress?.state ?? 'waiting'];
	const [sign, signRole] = progress ? glyphOf(progress, glyphs) : [changeMark(change), 'strong' as const];
	const words = progress ? wordsOf(progress) : undo ? undoTitleOf(undo) : operationTitle(operation);
	const title = ` ${words}  `;
	const far = progress ? triesText(progress) : '';
	const state = undo
		? undoState(change, shown, states)
		: change === 'keep'
			? 'There already, and stays'
			: states[shown];
	// Of what goes, what is there now; where nothing is read of it, what it is told by.
	const deleted = undo && change !== 'update' ? (valueBefore(operation) ?? after) : undefined;
	const noteLines = [
		...(progress ? progressNotes(progress) : []),
		...(undo?.reason ? [`${sentence(undoDetail(undo))}.`] : []),
		...notes,
	].flatMap((note) => signedRows(note, width - 2, glyphs.warning));
	const {problem} = progress ?? {};
	const problemLines = problem
		? [
				...signedRows(problem.headline, width - 2, glyphs.failed),
				...signedRows(problem.cause, width - 2, ' '),
			]
		: [];
	const ruleRows = rows < rowsForRules ? [] : ruleLines(operation).flatMap((line) => wrapText(line, width));
	const besides = [
		...problemLines.map((line) => ({line, style: styles.error})),
		...noteLines.map((line) => ({line, style: styles.warning})),
		...ruleRows.map((line) => ({line, style: styles.plain})),
	];
	const shownNotes = besides.slice(0, Math.max(0, Math.floor(rows / 2) - titleRows));
	const document = {
		width,
		rows: Math.max(1, rows - titleRows - shownNotes.length),
		isActive,
	};
	return (
		<Box flexDirection="column" width={width} height={rows} overflow="hidden">
			<Text {...styles.strong} wrap="truncate">
				<Text {...styles[signRole]}>{sign}</Text>
				{title + truncateMiddle(target, Math.max(8, width - title.length - 1), glyphs.more)}
			</Text>
			<Row role="secondary" text={`account ${account}  ${region}  profile ${profile}`} width={width} />
			<Text {...styles.accent} wrap="truncate">
				{state}
				<Text {...styles.secondary}>
					{far === '' ? '' : `   ${far}`}
					{before === undefined ? '' : `   b ${states[nextView(shown)].toLowerCase()}`}
				</Text>
			</Text>
			{shownNotes.map(({line, style}, index) => (
				<Text key={index} {...style} wrap="truncate">
					{line}
				</Text>
			))}
			<Text> </Text>
			{shown === 'changes' ? (
				<DiffView key={id} {...document} before={before} after={after} />
			) : (
				<JsonView
					key={`${id} ${shown}`}
					{...document}
					value={shown === 'before' ? before : undo && change !== 'update' ? deleted : after}
				/>
			)}
		</Box>
	);
};
