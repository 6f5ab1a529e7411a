import {useEffect, useRef, useState} from 'react';
import {completedAnswers} from '../../session/defaults.js';
import type {Session} from '../../session/session.js';
import {Frame} from '../components/frame.js';
import {problemListKeys} from '../components/problem-list.js';
import {sandboxOf} from '../components/sandbox-of.js';
import {watchHelp} from '../components/watch-help.js';
import {useEventLines} from '../hooks/use-event-lines.js';
import {type KeyBinding} from '../hooks/use-keys.js';
import {useSampled} from '../hooks/use-sampled.js';
import {useSession, useSessionValues} from '../hooks/use-session.js';
import {useTheme} from '../hooks/use-theme.js';
import {useWatchQuery} from '../hooks/use-watch-query.js';
import {useWizardFrame} from '../hooks/use-wizard-frame.js';
import {type ScreenProps} from './screen-props.js';
import {WatchBody, type WatchMode} from './watch-body.js';

const moreFiles = 5;

/** Sends test files and shows what becomes of each, until the person has seen enough. */
export const WatchScreen = ({onLeave}: ScreenProps) => {
	const session = useSession();
	const {phase, access, isPaused, hasFailed} = useWatchState();
	const [mode, setMode] = useState<WatchMode>('list');
	const list = useWatchQuery();
	const streamLines = useEventLines();
	const frame = useWizardFrame();
	const {glyphs} = useTheme();
	useStart();

	const leave = (): void => {
		session.stopWatching();
		if (leavesFiles(session)) setMode('leaving');
		else onLeave();
	};
	const removeAndLeave = (): void => {
		setMode('removing');
		void session.cleanUpWatched().finally(onLeave);
	};
	const back = (): void => {
		if (list.clear()) return;
		session.stopWatching();
		session.back();
	};
	const toggle = (other: WatchMode) => () => setMode(mode === other ? 'list' : other);
	const end: KeyBinding = {keys: ['q'], label: 'end', action: leave};
	const line: readonly KeyBinding[] = access
		? [{keys: ['c'], label: 'aws line', action: toggle('access')}]
		: [];
	const uploadMore: KeyBinding = {
		keys: ['u'],
		label: 'upload more',
		action() {
			session.uploadMore(completedAnswers(session.getState()).testFileCount || moreFiles);
		},
	};
	const pause: KeyBinding = {
		keys: ['p'],
		label: isPaused ? 'go on' : 'pause',
		action: () => (isPaused ? session.resumeWatching() : session.pauseWatching()),
	};
	const resend: readonly KeyBinding[] = hasFailed
		? [{keys: ['t'], label: 'send failed again', action: () => session.resend(failedIds(session))}]
		: [];
	const stream: KeyBinding = {
		keys: ['S'],
		label: mode === 'stream' ? 'list' : 'stream',
		action: toggle('stream'),
	};
	const close: KeyBinding = {keys: ['escape'], label: 'close', action: () => setMode('list')};
	const failed: readonly KeyBinding[] = [
		{keys: ['r'], label: 'watch again', action: () => void session.watchAgain()},
		...problemListKeys,
		end,
		...line,
		{keys: ['escape'], label: 'back', action: back},
	];
	const watching: readonly KeyBinding[] = [
		uploadMore,
		...list.bindings,
		{keys: ['enter'], label: 'details', action: toggle('details')},
		...resend,
		pause,
		end,
		...line,
		{keys: ['escape'], label: 'back', action: back},
		stream,
		{keys: ['up', 'down'], label: 'move', isHidden: true},
		{keys: ['pageup', 'pagedown'], label: 'page', isHidden: true},
		{keys: ['home', 'end'], label: 'first and last', isHidden: true},
	];
	const bindings: Readonly<Record<WatchMode, readonly KeyBinding[]>> = {
		list: phase === 'watch-failed' ? failed : list.choice.isTyping ? list.typingBindings : watching,
		details: [{keys: ['up', 'down'], label: 'scroll'}, {...close, keys: ['escape', 'enter']}, ...resend, end],
		stream: [stream, uploadMore, ...resend, pause, end, close],
		access: [{...close, keys: ['escape', 'c']}],
		leaving: [
			{keys: ['y'], label: 'remove them', action: removeAndLeave},
			{keys: ['n', 'enter', 'q'], label: 'keep them', action: onLeave},
			{
				keys: ['escape'],
				label: 'back to the watch',
				action() {
					setMode('list');
					void session.watchAgain();
				},
			},
		],
		removing: [],
	};
	return (
		<Frame {...frame} bindings={bindings[mode]} helpNotes={watchHelp(glyphs)}>
			<WatchBody mode={mode} list={list} access={access} streamLines={streamLines} messages={[]} />
		</Frame>
	);
};

/** Whether test files are left somewhere that outlives the program. */
const leavesFiles = (session: Session): boolean => {
	const {environment} = session.getState();
	const isEmbedded = environment.state === 'ready' && environment.value.kind === 'sandbox';
	return !isEmbedded && session.watchView.objectCounts().uploaded > 0;
};

/** All that have failed. */
const failedIds = ({watchView}: Session): readonly string[] => {
	const query = {onlyFailed: true, offset: 0, limit: watchView.counts(0).objects.failed};
	return watchView.rows(query, 0).rows.map(({id}) => id);
};

const useWatchState = () => {
	const {watchView} = useSession();
	const {phase, environment, profiles} = useSessionValues((state) => ({
		phase: state.phase,
		environment: state.environment,
		profiles: state.profiles,
	}));
	const ends = useSampled(watchView.subscribe, () => watchView.ends);
	const isPaused = useSampled(watchView.subscribe, () => watchView.isPaused);
	const hasFailed = useSampled(watchView.subscribe, () => watchView.counts(0).objects.failed > 0);
	return {phase, access: sandboxOf({environment, profiles}, ends), isPaused, hasFailed};
};

/** Starts the watch when the screen appears. */
const useStart = (): void => {
	const session = useSession();
	const hasStarted = useRef(false);
	useEffect(() => {
		if (hasStarted.current) return;
		hasStarted.current = true;
		const {testFileCount, testFileSizeBytes} = completedAnswers(session.getState());
		void session.watchPlanned({
			staysOpen: true,
			followsOthers: true,
			fileCount: testFileCount,
			fileSizeBytes: testFileSizeBytes,
		});
	});
};
