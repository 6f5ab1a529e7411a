import {useState} from 'react';
import {type Consent, consentFor, consentGiven} from '../../../domain/answers/consents.js';
import {checkCounts} from '../../../domain/checks/check.js';
import {durationText} from '../../../domain/text/duration-text.js';
import {CheckDetail, checkDetailRows, stepTitleOf} from './check-detail.js';
import {CheckList} from './check-list.js';
import {ListWithPane} from '../../components/documents/document-pane.js';
import {useShares} from '../../components/documents/use-open-row.js';
import {Frame} from '../../components/frame/frame.js';
import {ProblemList, problemListKeys} from '../../components/problems/problem-list.js';
import {KeyLayer} from '../../hooks/key-root.js';
import {useHoldKeys} from '../../hooks/use-hold-keys.js';
import {type KeyBinding, useKeys, when} from '../../hooks/use-keys.js';
import {useLeaveKeys} from '../../hooks/use-leave-keys.js';
import {useListCursor} from '../../hooks/use-list-cursor.js';
import {useNow} from '../../hooks/use-now.js';
import {usePlanReading} from '../../hooks/use-plan-reading.js';
import {scrollKeys} from '../../hooks/use-scroll.js';
import {useSession, useSessionState} from '../../hooks/use-session.js';
import {useTheme} from '../../hooks/use-theme.js';
import {useWizardFrame} from '../../components/frame/use-wizard-frame.js';
import {ConsentQuestion} from './consent-question.js';
import {type ScreenProps} from '../../components/frame/screen-props.js';
import {Paragraph} from '../../components/text/paragraph.js';
import {MoreBelow} from '../../components/text/row.js';
import {wrapText} from '../../components/text/truncate.js';
import {Text} from '../../components/text/text.js';

const helpNotes = [
	'✓ is well; ! needs your yes (Enter); ✗ stops before anything is written; ? is not known.',
	'Nothing is changed by looking.',
	'd shows what would change of what others made and S3 refuses; y there lets the plan change it.',
];

/** Everything that could go wrong, found out before anything is written. */
export const CheckScreen = ({onLeave}: ScreenProps) => {
	const session = useSession();
	const state = useSessionState();
	const [isOpen, setIsOpen] = useState(false);
	const [isAsked, setIsAsked] = useState(false);
	const frame = useWizardFrame();
	const {back, quit} = useLeaveKeys(onLeave);
	const {startedAt, read} = usePlanReading('check', state.planning.state === 'ready' && state.hasComeBack);
	const {planning, run} = state;
	const isDone = startedAt !== undefined && (planning.state === 'ready' || planning.state === 'failed');
	const isSandbox = state.answers.environment === 'sandbox';
	const warnings = run.checks.filter(({verdict}) => verdict?.result === 'warning').length;
	// In the sandbox an Enter typed ahead is for what comes; elsewhere nothing typed ahead may wave warnings through.
	useHoldKeys(isSandbox && !isDone);
	const goOn = (): void => {
		if (session.getState().stepId === 'check') session.next();
	};

	const despite =
		warnings === 0 ? 'go on' : `go on despite ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`;
	const again: KeyBinding = {
		keys: ['r'],
		label: 'check again',
		action() {
			setIsOpen(false);
			read();
		},
	};
	const toSignIn = run.checks.map(({verdict}) => verdict?.problem?.signIn?.profile).find(isText);
	const signIn = (profile: string): KeyBinding => ({
		keys: ['ctrl+l'],
		label: 'sign in',
		action: () => void session.signIn(profile).then(read),
	});
	const wanted = isDone ? consentFor(planning.state === 'failed' ? planning.problems : []) : undefined;
	const given = isDone ? consentGiven(state.answers) : undefined;
	const consent = (name: Consent['name'], isGiven: true | undefined): void => {
		setIsAsked(false);
		session.answer('check', {[name]: isGiven});
		read();
	};
	const consenting: readonly KeyBinding[] = wanted
		? [{keys: ['d'], label: wanted.look, action: () => setIsAsked(true)}]
		: given
			? [{keys: ['d'], label: given.withdraw, action: () => consent(given.name, undefined)}]
			: [];
	if (isAsked && wanted) {
		const asking: readonly KeyBinding[] = [
			{keys: ['y'], label: 'yes, plan with it', action: () => consent(wanted.name, true)},
			{keys: ['n', 'escape', 'left'], label: 'no', action: () => setIsAsked(false)},
			...scrollKeys,
		];
		return (
			<Frame {...frame} bindings={asking} helpNotes={helpNotes}>
				<KeyLayer>
					<ConsentQuestion consent={wanted} />
				</KeyLayer>
			</Frame>
		);
	}

	const open: readonly KeyBinding[] = [
		...scrollKeys,
		{keys: ['left', 'escape'], label: 'close', action: () => setIsOpen(false)},
	];
	const hasChecks = run.checks.length > 0;
	const bindings: readonly KeyBinding[] = isOpen
		? open
		: [
				...when(planning.state === 'ready' && isDone, {keys: ['enter'], label: despite, action: goOn}),
				// Before what is the same everywhere: it has to fit into the foot.
				...(isDone && toSignIn !== undefined ? [signIn(toSignIn)] : []),
				...consenting,
				...when(
					hasChecks,
					{keys: ['up', 'down'], label: 'move'},
					{keys: ['right'], label: 'open', action: () => setIsOpen(true)},
				),
				...when(!hasChecks && isDone, ...problemListKeys),
				...when(isDone, again),
				back,
				quit,
			];
	return (
		<Frame {...frame} bindings={bindings} helpNotes={helpNotes}>
			{isDone && !hasChecks ? (
				<ProblemList problems={planning.state === 'failed' ? planning.problems : []} />
			) : (
				<KeyLayer>
					<Checks isDone={isDone} isOpen={isOpen} />
				</KeyLayer>
			)}
		</Frame>
	);
};

const isText = (text: string | undefined): text is string => text !== undefined;

const Checks = ({isDone, isOpen}: {readonly isDone: boolean; readonly isOpen: boolean}) => {
	const {run, answeredByFlags} = useSessionState();
	// The check in focus is told beside the list, else below it.
	const {columns, rows, hasPane, listWidth, documentWidth} = useShares();
	const {glyphs} = useTheme();
	const {checks} = run;
	// What the rule will not copy is said before the plan is.
	const existing = isDone ? run.plan?.existing : undefined;
	const said = existing === undefined ? [] : wrapText(existing, listWidth - 4);
	const headRows = (rows < 14 ? 1 : 2) + said.length;
	const detailWidth = hasPane ? documentWidth : columns;
	// Below the list it takes what it needs, and never more than half.
	const [focusedKey, setFocusedKey] = useState<string>();
	const focusedBefore = checks.find(({id}) => id === focusedKey) ?? checks[0];
	const wanted =
		focusedBefore === undefined
			? 0
			: checkDetailRows(
					{check: focusedBefore, stepTitle: stepTitleOf(focusedBefore, answeredByFlags), width: detailWidth},
					glyphs,
				).length;
	const room = rows - headRows - 1;
	const detailRows = hasPane ? rows : Math.min(wanted, Math.floor(room / 2));
	const listRows = Math.max(1, hasPane ? room : room - detailRows - 1);
	const cursor = useListCursor({keys: checks.map(({id}) => id), rows: listRows});
	useKeys(cursor.bindings, {isActive: !isOpen});
	const focused = checks[cursor.index];
	if (focused !== undefined && focused.id !== focusedKey) setFocusedKey(focused.id);

	const detail = focused && (
		<CheckDetail
			key={focused.id}
			check={focused}
			stepTitle={stepTitleOf(focused, answeredByFlags)}
			width={detailWidth}
			rows={isOpen ? rows : detailRows}
			isOpen={isOpen}
		/>
	);
	if (isOpen && !hasPane) return detail;
	return (
		<ListWithPane width={listWidth} rows={rows} hasPane={hasPane} pane={detail}>
			<Counts isDone={isDone} />
			{existing !== undefined && (
				<Paragraph width={listWidth} sign={glyphs.warning} signRole="warning" text={existing} />
			)}
			{rows >= 14 && <Text> </Text>}
			<CheckList
				checks={checks}
				top={cursor.top}
				rows={Math.min(listRows, Math.max(1, checks.length))}
				width={listWidth}
				focusedId={focused?.id}
			/>
			<MoreBelow count={checks.length - cursor.top - listRows} note=" ↓" />
			{!hasPane && detail}
		</ListWithPane>
	);
};

/** How many checks there are, by what they found, and how long it took. */
const Counts = ({isDone}: {readonly isDone: boolean}) => {
	const {run} = useSessionState();
	const {glyphs, styles} = useTheme();
	const {checks, checksStartedAt, checksFinishedAt} = run;
	const nowMs = useNow(!isDone);
	const {ok, warning, problem, unknown} = checkCounts(checks.flatMap(({verdict}) => verdict ?? []));
	const tookMs =
		checksStartedAt === undefined ? 0 : Math.max(0, (checksFinishedAt ?? nowMs) - checksStartedAt);
	return (
		<Text wrap="truncate">
			{isDone ? '  ' : ` ${glyphs.pending} `}
			{`${checks.length} checks`}
			<Text {...styles.ok}>{`   ${glyphs.ok} ${ok}`}</Text>
			<Text {...(warning > 0 ? styles.warning : styles.secondary)}>{`   ${glyphs.warning} ${warning}`}</Text>
			<Text {...(problem > 0 ? styles.error : styles.secondary)}>{`   ${glyphs.failed} ${problem}`}</Text>
			<Text {...(unknown > 0 ? styles.pending : styles.secondary)}>{`   ? ${unknown}`}</Text>
			<Text {...styles.secondary}>{`   ${durationText(tookMs)}`}</Text>
		</Text>
	);
};
