import {useEffect, useRef, useState} from 'react';
import {completedAnswers} from '../../session/defaults.js';
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
	const {phase, access} = useWatchState();
	const [mode, setMode] = useState<WatchMode>('list');
	const list = useWatchQuery();
	const streamLines = useEventLines();
	const frame = useWizardFrame();
	const {glyphs} = useTheme();
	const start = useStart();

	const leave = (): void => {
		session.stopWatching();
		onLeave();
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
	const stream: KeyBinding = {
		keys: ['S'],
		label: mode === 'stream' ? 'list' : 'stream',
		action: toggle('stream'),
	};
	const close: KeyBinding = {keys: ['escape'], label: 'close', action: () => setMode('list')};
	const failed: readonly KeyBinding[] = [
		{keys: ['r'], label: 'watch again', action: () => start(session.getState().filesWanted)},
		...problemListKeys,
		end,
		...line,
		{keys: ['escape'], label: 'back', action: back},
	];
	const watching: readonly KeyBinding[] = [
		uploadMore,
		...list.bindings,
		{keys: ['enter'], label: 'details', action: toggle('details')},
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
		details: [{keys: ['up', 'down'], label: 'scroll'}, {...close, keys: ['escape', 'enter']}, end],
		stream: [stream, uploadMore, end, close],
		access: [{...close, keys: ['escape', 'c']}],
	};
	return (
		<Frame {...frame} bindings={bindings[mode]} helpNotes={watchHelp(glyphs)}>
			<WatchBody mode={mode} list={list} access={access} streamLines={streamLines} messages={[]} />
		</Frame>
	);
};

const useWatchState = () => {
	const {watchView} = useSession();
	const {phase, environment, profiles} = useSessionValues((state) => ({
		phase: state.phase,
		environment: state.environment,
		profiles: state.profiles,
	}));
	const ends = useSampled(watchView.subscribe, () => watchView.ends);
	return {phase, access: sandboxOf({environment, profiles}, ends)};
};

/** Starts the watch when the screen appears, and gives what starts it again. */
const useStart = (): ((leastCount: number) => void) => {
	const session = useSession();
	const hasStarted = useRef(false);
	const start = (leastCount: number): void => {
		const state = session.getState();
		const {testFileCount, testFileSizeBytes} = completedAnswers(state);
		void session.watchPlanned({
			staysOpen: true,
			followsOthers: state.answers.environment === 'sandbox',
			fileCount: Math.max(leastCount, testFileCount),
			fileSizeBytes: testFileSizeBytes,
		});
	};

	useEffect(() => {
		if (hasStarted.current) return;
		hasStarted.current = true;
		start(0);
	});
	return start;
};
