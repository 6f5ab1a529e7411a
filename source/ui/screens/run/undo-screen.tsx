import {Box} from 'ink';
import {type ReactNode} from 'react';
import {reportReadingText} from '../../../domain/batch/batch-text.js';
import {undoChangeCount, type UndoPlan} from '../../../domain/undo/undo-plan.js';
import {nameOf, type SetUp} from '../../../domain/record/set-up.js';
import {type Undoing} from '../../../session/state/session-state.js';
import {Choice, choiceKeys} from '../../components/fields/choice.js';
import {Clip} from '../../components/text/clip.js';
import {Frame} from '../../components/frame/frame.js';
import {Paragraph, Pending} from '../../components/text/paragraph.js';
import {usePlainStreamKey} from '../../components/text/plain-stream.js';
import {problemPageKeys} from '../../components/problems/problem-list.js';
import {ProblemPanel} from '../../components/problems/problem-panel.js';
import {type OpenRow, useOpenRow} from '../../components/documents/use-open-row.js';
import {KeyLayer} from '../../hooks/key-root.js';
import {useBody} from '../../hooks/use-body.js';
import {useHoldKeys} from '../../hooks/use-hold-keys.js';
import {type KeyBinding, when} from '../../hooks/use-keys.js';
import {useSession, useSessionState} from '../../hooks/use-session.js';
import {useTheme} from '../../hooks/use-theme.js';
import {ApplyProgress} from './apply-progress.js';
import {type ScreenProps} from '../../components/frame/screen-props.js';
import {stopKey} from '../../components/frame/stop-key.js';
import {UndoPlanView} from './undo-plan-view.js';
import {Text} from '../../components/text/text.js';

const helpNotes = [
	'Rules go first, then policies and the role, then test files, then created buckets.',
	'What somebody else changed since stays. What was there before is put back.',
];

/** Takes a run back: which one, what that does, a yes, and each step of it as it is done. */
export const UndoScreen = ({onLeave}: ScreenProps) => {
	const session = useSession();
	const {undoing, run, phase, answers, alsoUndoable, interrupts} = useSessionState();
	const plan = undoing?.planning.state === 'ready' ? run.undo : undefined;
	const stream = usePlainStreamKey();
	const row = useOpenRow(plan?.steps.map(({operation}) => operation) ?? []);
	const doing = useOpenRow(run.operations.map(({operation}) => operation));
	const isSandbox = answers.environment === 'sandbox';
	useHoldKeys(undoing?.planning.state === 'loading');
	const again = (): void => {
		if (plan) void session.chooseUndo(plan.runId);
	};

	const start = (): void => {
		void session.undo().then(() => {
			if (session.getState().interrupts > 0) onLeave();
			// Somebody changed something meanwhile: the plan is shown anew.
			else if (session.getState().phase === 'asking') again();
		});
	};

	const other: readonly KeyBinding[] = alsoUndoable
		? [
				{
					keys: ['U'],
					label: 'undo the other run',
					action: () => void session.chooseUndo(alsoUndoable.header.runId),
				},
			]
		: [];

	const leaving: readonly KeyBinding[] = [
		{keys: ['escape'], label: 'back', action: () => session.closeUndo()},
		{
			keys: ['q'],
			label: 'quit',
			action() {
				// What was only looked at has no part in how the run ended.
				if (undoing?.origin === 'watch') session.closeUndo();
				onLeave();
			},
		},
	];
	const isChoosing = undoing?.planning.state === 'idle' && undoing.choices.length > 0;
	const canStart = plan !== undefined && undoChangeCount(plan) > 0;
	const bindingsOf: Partial<Record<typeof phase, readonly KeyBinding[]>> = {
		applying: [stopKey(interrupts), ...doing.listKeys, stream],
		applied: [
			{keys: ['enter', 'q'], label: 'quit with the summary', action: onLeave},
			...doing.listKeys,
			...other,
		],
		'apply-failed': [
			{keys: ['r'], label: 'plan again', action: again},
			...doing.listKeys,
			...problemPageKeys,
			...leaving,
		],
	};
	const asking: readonly KeyBinding[] = [
		...(plan ? row.listKeys : []),
		...(isChoosing ? choiceKeys : []),
		...when(canStart && isSandbox, {keys: ['enter'], label: 'undo', action: start}),
		...when(canStart, {keys: ['a'], label: 'undo', action: start, isHidden: isSandbox}),
		...(plan && !canStart ? other : []),
		...leaving,
	];
	const isDoing = plan !== undefined && bindingsOf[phase] !== undefined;
	const opened = isDoing ? doing : row;
	const listed = (plan && bindingsOf[phase]) ?? asking;
	return (
		<Frame
			title="Undo"
			context={plan ? `run ${plan.runId}` : ''}
			bindings={
				opened.isOpen ? [...opened.documentKeys, ...when(phase === 'applying', stopKey(interrupts))] : listed
			}
			helpNotes={helpNotes}
		>
			{plan && phase !== 'asking' ? (
				<KeyLayer>
					<Doing isDone={phase === 'applied'} runId={plan.runId} row={doing} />
				</KeyLayer>
			) : undoing ? (
				<KeyLayer>
					<Asking undoing={undoing} plan={plan}>
						{plan && <UndoPlanView plan={plan} row={row} />}
					</Asking>
				</KeyLayer>
			) : null}
		</Frame>
	);
};

type DoingProps = {readonly isDone: boolean; readonly runId: string; readonly row: OpenRow};

const Doing = ({isDone, runId, row}: DoingProps) => {
	const {rows} = useBody();
	const {glyphs} = useTheme();
	const {alsoUndoable} = useSessionState();
	const other = alsoUndoable
		? ` Another run on these buckets can also be undone: ${alsoUndoable.header.runId}.`
		: '';
	return (
		<Box flexDirection="column" height={rows} overflow="hidden">
			<ApplyProgress row={row} />
			{isDone && !row.isOpen && (
				<Paragraph sign={glyphs.ok} signRole="ok" text={`Run ${runId} is undone.${other}`} />
			)}
		</Box>
	);
};

const setUpText = (runs: SetUp): {readonly detail: string; readonly names?: string} => {
	const named = runs.find(({header}) => header.runId === nameOf(runs));
	const others = runs.length === 1 ? '' : `, with ${runs.length - 1} more of its runs`;
	return named
		? {
				detail: `${named.header.command}${others}: `,
				names: named.header.ends.map(({bucket}) => bucket).join(' → '),
			}
		: {detail: ''};
};

type AskingProps = {
	readonly undoing: Undoing;
	readonly plan: UndoPlan | undefined;
	/** The plan, once there is one. */
	readonly children: ReactNode;
};

const Asking = ({undoing, plan, children}: AskingProps) => {
	const session = useSession();
	const {run} = useSessionState();
	const {columns, rows} = useBody();
	const {glyphs} = useTheme();
	if (plan) return children;
	return (
		<Clip rows={rows}>
			<Text> </Text>
			{undoing.planning.state === 'failed' &&
				undoing.planning.problems.map((problem) => <ProblemPanel key={problem.code} {...problem} />)}
			{undoing.planning.state === 'loading' && (
				<Pending text={run.reading ? reportReadingText(run.reading) : 'Reading what the run left'} />
			)}
			{undoing.planning.state === 'nothing-left' && (
				<Paragraph sign={glyphs.ok} signRole="ok" text="No run has anything left to undo here." />
			)}
			{undoing.planning.state === 'idle' && (
				<>
					<Paragraph role="strong" text="Which run do you want to undo?" />
					<Choice
						items={undoing.choices.slice(0, Math.max(1, rows - 3)).map((runs) => ({
							value: nameOf(runs),
							label: nameOf(runs),
							...setUpText(runs),
						}))}
						width={columns}
						onChoose={(runId) => void session.chooseUndo(runId)}
					/>
				</>
			)}
		</Clip>
	);
};
