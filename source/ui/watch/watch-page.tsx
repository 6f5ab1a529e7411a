import {useState} from 'react';
import {limits} from '../../domain/limits.js';
import {completedAnswers} from '../../session/state/defaults.js';
import type {ReportResult} from '../../session/report/write-report.js';
import type {Session} from '../../session/session.js';
import {failedIds} from '../../session/watch/watch-view.js';
import {Frame, type FrameProps} from '../components/frame/frame.js';
import {stopKey} from '../components/frame/stop-key.js';
import {usePlainStreamKey} from '../components/text/plain-stream.js';
import {problemListKeys} from '../components/problems/problem-list.js';
import {textFieldKeys} from '../components/fields/text-field.js';
import {copyCommand, sandboxOf} from './sandbox-access.js';
import {exportText} from '../components/text/export-text.js';
import {useOpenRow} from '../components/documents/use-open-row.js';
import {watchHelp} from './watch-help.js';
import {useClipboard} from '../hooks/use-clipboard.js';
import {type KeyBinding, when} from '../hooks/use-keys.js';
import {useSampled} from '../hooks/use-sampled.js';
import {useSession, useSessionValues} from '../hooks/use-session.js';
import {useTheme} from '../hooks/use-theme.js';
import {useWatchQuery} from './use-watch-query.js';
import {WatchBody, type WatchMode} from './watch-body.js';

type WatchPageProps = {
	/** What stands in the first row. */
	readonly frame: Pick<FrameProps, 'steps' | 'title' | 'context'>;
	/** The person has seen enough; the watch has been stopped. Told whether the test files go. */
	readonly onLeave: (removesFiles?: boolean) => void;
	/** Leads back to where the watch was started from, after it has been stopped. */
	readonly onBack?: () => void;
	/** Leads to where objects that exist already are copied, where there are some. */
	readonly onCopy?: () => void;
	/** Whether this is the wizard's last step: the whole run can be undone from it, and Apply is looked at again. */
	readonly isWizard: boolean;
	/** Whether it asks at the end if test files stay that outlive the program. */
	readonly asksForFiles?: boolean;
};

/** A watch that goes on: what becomes of each file, and everything that can be done about it. */
export const WatchPage = ({
	frame,
	onLeave,
	onBack,
	onCopy,
	isWizard,
	asksForFiles = true,
}: WatchPageProps) => {
	const session = useSession();
	const {phase, interrupts, access, isPaused, isIdle, hasFailed, hasCauses, canMend} = useWatchState();
	const [mode, setMode] = useState<WatchMode>('list');
	const [written, setWritten] = useState<readonly string[]>([]);
	const row = useOpenRow(session.getState().run.operations.map(({operation}) => operation));
	const list = useWatchQuery();
	const stream = usePlainStreamKey();
	const {glyphs} = useTheme();
	const copy = useClipboard();

	/** A page in place of the list. A watch that ends by itself waits while one asks for something. */
	const open = (other: WatchMode): void => {
		session.holdWatch(other === 'dropping' || other === 'leaving');
		setMode(other);
	};
	const leave = (): void => {
		const isAsked = asksForFiles && leavesFiles(session);
		// A command's watch would end with its screen: it goes on until the answer.
		if (isWizard || !isAsked) session.stopWatching();
		if (isAsked) open('leaving');
		else onLeave();
	};
	const removeAndLeave = (): void => {
		if (!isWizard) {
			onLeave(true);
			session.stopWatching();
			return;
		}

		setMode('removing');
		void session.cleanUpWatched().finally(() => onLeave());
	};
	const keepAndLeave = (): void => {
		if (!isWizard) session.stopWatching();
		onLeave();
	};
	const goBack = (): void => {
		session.stopWatching();
		onBack?.();
	};
	const back = (): void => {
		if (list.clear() || !onBack) return;
		if (session.watchView.isAnyOpen && phase === 'watching') setMode('backing');
		else goBack();
	};
	const undoRun = (): void => {
		session.stopWatching();
		void session.openUndo(session.runId);
	};
	const copyExisting = (): void => {
		session.stopWatching();
		onCopy?.();
	};
	// The plan is made again there, from what there is now.
	const planMend = (): void => {
		if (session.getState().errand !== 'set-up') {
			session.openMend();
			return;
		}

		session.stopWatching();
		session.back();
	};
	const toggle = (other: WatchMode) => () => setMode(mode === other ? 'list' : other);
	// One Enter too many after Apply comes before anything has come to its end.
	const openDetails = (): void => {
		const {replicated, failed} = session.watchView.counts(0).objects;
		if (!isWizard || replicated + failed > 0) setMode('details');
	};
	const end: KeyBinding = {keys: ['q'], label: 'end', action: leave};
	const copyLine = (): void => {
		if (access) copy(copyCommand(access));
		setMode('access');
	};
	const line = when(access !== undefined, {keys: ['c'], label: 'copy command', action: copyLine});
	const drop: KeyBinding = {keys: ['o'], label: 'upload a file', action: () => open('dropping')};
	const hasApplied = isWizard && session.getState().run.operations.length > 0;
	/** Who has gone on to something else meanwhile finds the paths in the summary. */
	const showWritten = (texts: readonly string[]): void => {
		setWritten(texts);
		setMode((now) => (now === 'list' ? 'report' : now));
	};
	const exportShown = (): void =>
		void session.exportShown().then((result) => showWritten([exportText(result)]));
	const uploadMore: KeyBinding = {
		keys: ['u'],
		label: 'upload',
		action() {
			session.uploadMore(completedAnswers(session.getState()).testFileCount || limits.moreFiles);
		},
	};
	const pause: KeyBinding = {
		keys: ['p'],
		label: isPaused ? 'go on' : 'pause',
		action: () => (isPaused ? session.resumeWatching() : session.pauseWatching()),
	};
	const resend = when(hasFailed, {
		keys: ['t'],
		label: 'resend failed',
		action: () => session.resend(failedIds(session.watchView)),
	});
	const mend = when(canMend, {keys: ['x'], label: 'mend', action: planMend});
	const report: KeyBinding = {
		keys: ['m'],
		label: 'report',
		action: () => void session.writeReport().then((result) => showWritten(reportTexts(result))),
	};
	const close: KeyBinding = {keys: ['escape'], label: 'close', action: () => setMode('list')};
	const failed: readonly KeyBinding[] = [
		{keys: ['r'], label: 'watch again', action: () => void session.watchAgain()},
		...problemListKeys,
		end,
		...line,
		{keys: ['escape'], label: 'back', action: back, isHidden: onBack === undefined},
	];
	const watching: readonly KeyBinding[] = [
		// While it is paused nothing matters more than how it goes on.
		...when(isPaused, pause),
		...when(isIdle, uploadMore),
		...when(hasCauses, {keys: ['d'], label: 'why', action: toggle('causes')}),
		...mend,
		...resend,
		list.bindings.filter,
		list.bindings.onlyFailed,
		{keys: ['enter'], label: 'details', action: openDetails},
		...when(!isPaused, pause),
		end,
		...when(!isIdle, uploadMore),
		drop,
		list.bindings.sort,
		...line,
		{keys: ['escape'], label: 'back', action: back, isHidden: onBack === undefined},
		...when(hasApplied, {keys: ['A'], label: 'what Apply did', action: () => setMode('applied')}),
		...when(isWizard && hasSetUp(session), {keys: ['e'], label: 'export', action: exportShown}),
		stream,
		report,
		...when(isWizard, {keys: ['U'], label: 'undo the run', action: undoRun}),
		...when(onCopy !== undefined, {keys: ['B'], label: 'copy existing', action: copyExisting}),
		{keys: ['up', 'down'], label: 'move', isHidden: true},
		{keys: ['pageup', 'pagedown'], label: 'page', isHidden: true},
		{keys: ['home', 'end'], label: 'first and last', isHidden: true},
	];
	const bindings: Readonly<Record<WatchMode, readonly KeyBinding[]>> = {
		list: phase === 'watch-failed' ? failed : list.choice.isTyping ? list.typingBindings : watching,
		details: [
			{keys: ['up', 'down'], label: 'scroll'},
			{...close, keys: ['escape', 'enter']},
			...resend,
			end,
			stream,
		],
		causes: [
			{keys: ['up', 'down'], label: 'scroll'},
			{...close, keys: ['escape', 'enter', 'd']},
			...mend,
			...resend,
			end,
			stream,
		],
		access: [{...close, keys: ['escape', 'c']}],
		dropping: [
			{keys: ['enter'], label: 'upload'},
			{...close, action: () => open('list')},
			...textFieldKeys.filter(({keys}) => !keys.includes('enter')),
		],
		applied: row.isOpen ? row.documentKeys : [...row.listKeys, {...close, keys: ['escape', 'A']}, end],
		backing: [
			{keys: ['y'], label: 'leave the watch', action: goBack},
			{keys: ['n', 'enter', 'escape'], label: 'go on watching', action: () => setMode('list')},
		],
		report: [{...close, keys: ['escape', 'enter', 'm']}, end],
		leaving: [
			{keys: ['y'], label: 'remove them', action: removeAndLeave},
			{keys: ['n', 'enter', 'q'], label: 'keep them', action: keepAndLeave},
			...when(isWizard, {keys: ['U'], label: 'undo the whole run', action: undoRun}),
			{
				keys: ['escape'],
				label: 'back to the watch',
				action() {
					open('list');
					if (isWizard) void session.watchAgain();
				},
			},
		],
		removing: [stopKey(interrupts)],
	};
	return (
		<Frame
			{...frame}
			bindings={bindings[mode]}
			helpKey={mode === 'dropping' ? 'F1' : '?'}
			helpNotes={watchHelp(glyphs)}
		>
			<WatchBody
				mode={mode}
				list={list}
				row={row}
				access={access}
				canMend={canMend}
				report={written}
				onDropped={() => open('list')}
			/>
		</Frame>
	);
};

/** Where the report is, or why there is none. */
const reportTexts = (result: ReportResult): readonly string[] => {
	if (result.ok) return ['Report written:', ...result.files];
	const {headline, cause, nextSteps} = result.problem;
	return [`! ${headline}`, cause, ...nextSteps.map((step, index) => `${index + 1}. ${step}`)];
};

/** Whether there is something that is set up, with both its ends in sight. */
const hasSetUp = (session: Session): boolean => {
	const {plan, diagnosed} = session.getState().run;
	return plan ? !plan.others : diagnosed !== undefined;
};

/** Whether test files are left somewhere that outlives the program. */
const leavesFiles = (session: Session): boolean => {
	const {environment} = session.getState();
	const isEmbedded = environment.state === 'ready' && environment.value.kind === 'sandbox';
	return !isEmbedded && session.watchView.objectCounts().uploaded > 0;
};

const useWatchState = () => {
	const {watchView} = useSession();
	const {phase, interrupts, filesWanted, errand, ...places} = useSessionValues((state) => {
		const {phase, interrupts, filesWanted, errand, environment, profiles} = state;
		return {phase, interrupts, filesWanted, errand, environment, profiles};
	});
	const ends = useSampled(watchView.subscribe, () => watchView.ends);
	const isPaused = useSampled(watchView.subscribe, () => watchView.isPaused);
	// Of a replication that exists nothing is sent before somebody asks for it.
	const isIdle =
		useSampled(watchView.subscribe, () => watchView.objectCounts().uploaded === 0) && filesWanted === 0;
	const hasFailed = useSampled(watchView.subscribe, () => watchView.counts(0).objects.failed > 0);
	const hasCauses = useSampled(watchView.subscribe, () => watchView.causes.length > 0);
	// What a run has set up its own plan mends; of another replication a plan is made for the rule.
	const canMend = useSampled(watchView.subscribe, () =>
		watchView.causes.some(({fix}) => errand === 'set-up' || fix !== null),
	);
	const access = sandboxOf(places, ends);
	return {phase, interrupts, canMend, access, isPaused, isIdle, hasFailed, hasCauses};
};
