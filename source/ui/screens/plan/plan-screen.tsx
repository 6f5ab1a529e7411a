import {Box} from 'ink';
import {useContext, useState} from 'react';
import {replicationTitle} from '../../../domain/answers/mode.js';
import {changeCount, type Plan} from '../../../domain/plan/plan.js';
import {problemFrom} from '../../../domain/problem.js';
import {noLoops, planCounts} from '../../../domain/plan/plan-text.js';
import {endpointsText} from '../../../domain/endpoint/service-endpoints.js';
import {exportText} from '../../components/text/export-text.js';
import {ListWithPane} from '../../components/documents/document-pane.js';
import {Frame} from '../../components/frame/frame.js';
import {documentBefore, OperationDocument} from '../../components/documents/operation-document.js';
import {firstChange, planLines} from '../../components/documents/plan-lines.js';
import {PlanList} from '../../components/documents/plan-list.js';
import {type OpenRow, useOpenRow, useRowKeys, useShares} from '../../components/documents/use-open-row.js';
import {PlanReading} from './plan-reading.js';
import {ProblemList, problemListKeys} from '../../components/problems/problem-list.js';
import {MoreBelow, Row} from '../../components/text/row.js';
import {KeyLayer} from '../../hooks/key-root.js';
import {useHoldKeys} from '../../hooks/use-hold-keys.js';
import {type KeyBinding, when} from '../../hooks/use-keys.js';
import {useLeaveKeys} from '../../hooks/use-leave-keys.js';
import {useListCursor} from '../../hooks/use-list-cursor.js';
import {ClockContext} from '../../hooks/use-now.js';
import {usePlanReading} from '../../hooks/use-plan-reading.js';
import {useSession, useSessionState} from '../../hooks/use-session.js';
import {useTheme} from '../../hooks/use-theme.js';
import {useWizardFrame} from '../../components/frame/use-wizard-frame.js';
import {type ScreenProps} from '../../components/frame/screen-props.js';
import {Text} from '../../components/text/text.js';

const helpNotes = [
	'+ creates, ~ updates, = keeps what is right already, - deletes.',
	'! marks a row with a note; open it to read.',
	'Each document is shown as it is written: + is added, - is removed.',
];

/** Every change before it is made, and the value that each of them writes. */
export const PlanScreen = ({onLeave}: ScreenProps) => {
	const session = useSession();
	const state = useSessionState();
	const {nowMs} = useContext(ClockContext);
	const frame = useWizardFrame();
	const [exported, setExported] = useState<string>();

	// The step before has made a plan; one that somebody comes back to is made again.
	const isMade = state.planning.state === 'ready' && !state.hasComeBack;
	const {startedAt, read} = usePlanReading('plan', isMade);
	const plan = startedAt !== undefined && state.planning.state === 'ready' ? state.run.plan : undefined;
	const row = useOpenRow(plan?.operations ?? []);
	const isFailed = startedAt !== undefined && state.planning.state === 'failed';
	const isSandbox = state.answers.environment === 'sandbox';
	// The other owner’s part: to be asked for, or asked for before and gone on with.
	const isHandedOver = plan?.others !== undefined && !state.handedOver;
	const apply = isHandedOver ? 'write the file' : plan && changeCount(plan) === 0 ? 'go on' : 'apply';
	// On AWS nothing typed ahead may approve a plan that nobody has seen.
	useHoldKeys(isSandbox && !plan && !isFailed);
	const goOn = (): void => {
		if (session.getState().stepId !== 'plan') return;
		if (isHandedOver) void handOver();
		else session.next();
	};

	/** What the other owner must do; nothing is applied before they have done it. */
	const handOver = async (): Promise<void> => {
		try {
			setExported(`File written. q ends, and tells who does what next. ${await session.handOver()}`);
		} catch (error) {
			setExported(`${problemFrom(error).headline}.`);
		}
	};

	// What is still to be set up is not there to be exported.
	const canExport = plan !== undefined && !plan.others && changeCount(plan) === 0;
	const exportSetUp = async (): Promise<void> => {
		setExported(exportText(await session.exportShown()));
	};

	const {back, quit} = useLeaveKeys(onLeave);
	const leaving = [back, quit];
	const ready: readonly KeyBinding[] = [
		...row.listKeys,
		...when(isSandbox, {keys: ['enter'], label: apply, action: goOn}),
		{keys: ['a'], label: apply, action: goOn, isHidden: isSandbox},
		...when(canExport, {keys: ['e'], label: 'export', action: () => void exportSetUp()}),
		...leaving,
	];
	const bindings = isFailed
		? [{keys: ['r'], label: 'retry', action: read} as const, ...problemListKeys, ...leaving]
		: plan
			? row.isOpen
				? row.documentKeys
				: ready
			: leaving;
	return (
		<Frame {...frame} bindings={bindings} helpNotes={helpNotes}>
			{isFailed ? (
				<ProblemList problems={state.planning.state === 'failed' ? state.planning.problems : []} />
			) : plan ? (
				<KeyLayer>
					<PlanView plan={plan} isSandbox={isSandbox} row={row} exported={exported} />
				</KeyLayer>
			) : (
				<PlanReading answers={state.answers} startedAt={startedAt ?? nowMs()} />
			)}
		</Frame>
	);
};

type PlanViewProps = {
	readonly plan: Plan;
	readonly isSandbox: boolean;
	readonly row: OpenRow;
	/** What became of an export. */
	readonly exported: string | undefined;
};

const PlanView = ({plan, isSandbox, row, exported}: PlanViewProps) => {
	const {rows, hasPane, listWidth, documentWidth} = useShares();
	const {glyphs, styles} = useTheme();
	const {planChanges, run, handedOver} = useSessionState();
	const place = endpointsText(run.endpoints ?? []);
	const lines = planLines(plan);
	const operations = lines.flatMap((line) => (line.type === 'operation' ? [line.operation] : []));
	const hasPlace = rows >= 14;
	const headRows = hasPlace ? 4 : 2;
	const listRows = Math.max(1, rows - headRows - 2);
	const cursor = useListCursor({
		keys: operations.map(({id}) => id),
		rows: listRows,
		lineCount: lines.length,
		firstKey: firstChange(operations),
		// With the first operation the head above it is in sight as well.
		lineOf: (index) =>
			index === 0
				? 0
				: lines.findIndex((line) => line.type === 'operation' && line.operation === operations[index]),
	});
	const focused = operations[cursor.index];
	useRowKeys(row, {
		cursor,
		key: focused?.id,
		canTurn: hasPane && focused !== undefined && documentBefore(focused) !== undefined,
	});
	const document = focused && (
		<OperationDocument
			operation={focused}
			view={row.view}
			profile={plan[focused.side].profile}
			width={documentWidth}
			rows={rows}
			isActive={row.isOpen}
		/>
	);
	if (row.isOpen && !hasPane) return <Box paddingLeft={1}>{document}</Box>;

	const {create, update, keep, delete: deleted} = planCounts(plan);
	const isDone = changeCount(plan) === 0;
	const count = operations.length;
	const counts = [`+ ${create} create`, `~ ${update} update`, `= ${keep} keep`];
	const long = [
		`${count} operations`,
		...counts,
		deleted === 0 ? 'nothing is deleted' : `- ${deleted} delete`,
	];
	const countsLine = `  ${long.join('   ')}`;
	const title = replicationTitle(plan.mode, plan.source.region, plan.destination.region);
	const [changed, ...otherChanges] = planChanges;
	const since = otherChanges.length === 0 ? changed : `${changed} And ${otherChanges.length} more.`;
	const {others} = plan;
	const ask = isSandbox ? '' : 'Press a to apply. Enter does nothing here.';
	const note = handedOver
		? !handedOver.receipt.confirmation
			? `Press a to make this side ready. Account ${plan.destination.accountId} goes on then.`
			: isDone
				? 'Everything is right already: nothing to change.'
				: ask
		: others
			? (exported ??
				`Press a to write what account ${plan.destination.accountId} must do. Nothing is changed.`)
			: isDone
				? (exported ?? 'Everything is right already: nothing to change.')
				: plan.back
					? noLoops
					: ask;
	return (
		<ListWithPane width={listWidth} rows={rows} hasPane={hasPane} pane={document}>
			<Text wrap="truncate">
				{'  '}
				<Text {...styles.strong}>{title}</Text>
				<Text {...styles.secondary}>
					{plan.back
						? `   two ways: ${plan.source.region}, ${plan.destination.region}`
						: `   ${plan.source.region} ${glyphs.arrow} ${plan.destination.region}`}
				</Text>
			</Text>
			<Text wrap="truncate">
				{countsLine.length <= listWidth ? countsLine : `  ${[...counts, `- ${deleted} delete`].join('  ')}`}
			</Text>
			{hasPlace && (
				<>
					<Row role="secondary" text={`  Calls go to ${place}`} width={listWidth} />
					<Text> </Text>
				</>
			)}
			<PlanList
				lines={lines}
				top={cursor.top}
				rows={Math.min(listRows, lines.length)}
				width={listWidth}
				focusedId={focused?.id}
			/>
			<MoreBelow count={lines.length - cursor.top - listRows} />
			{changed === undefined ? (
				<Row
					role={isDone ? 'ok' : 'secondary'}
					text={`  ${isDone ? `${glyphs.ok} ` : ''}${note}`}
					width={listWidth}
				/>
			) : (
				<Row role="warning" text={`  Nothing was written yet. ${since}`} width={listWidth} />
			)}
		</ListWithPane>
	);
};
