import {Box, Text} from 'ink';
import {useEffect, useRef, useState} from 'react';
import {durationText} from '../../domain/duration-text.js';
import {completedAnswers} from '../../session/defaults.js';
import {valueOf} from '../../session/loadable.js';
import {runDelays} from '../../session/run-state.js';
import type {SessionState} from '../../session/session-state.js';
import {Frame} from '../components/frame.js';
import {ObjectList} from '../components/object-list.js';
import {ProblemList, problemListKeys} from '../components/problem-list.js';
import {ProgressBar} from '../components/progress-bar.js';
import {accessRows, type SandboxAccess, SandboxHelp, SandboxPanel} from '../components/sandbox-access.js';
import {sanitize} from '../components/sanitize.js';
import {displayWidth, truncateEnd, truncateMiddle} from '../components/truncate.js';
import {watchFigures, watchOrder} from '../components/watch-figures.js';
import {useBody} from '../hooks/use-body.js';
import {type KeyBinding, useKeys} from '../hooks/use-keys.js';
import {useListCursor} from '../hooks/use-list-cursor.js';
import {useNow} from '../hooks/use-now.js';
import {useSession, useSessionState} from '../hooks/use-session.js';
import {useTheme} from '../hooks/use-theme.js';
import {useWizardFrame} from '../hooks/use-wizard-frame.js';
import {type Glyphs} from '../theme.js';
import {type ScreenProps} from './screen-props.js';

const moreFiles = 5;

const helpNotesWith = ({changed, minus}: Glyphs): readonly string[] => [
	'PENDING, COMPLETED, FAILED and REPLICA are what S3 itself reports. FAILED is final: S3 does not try again.',
	`A delay runs from the end of the upload to the moment the replica was first seen. S3 is asked again and again, so it may have arrived earlier: 1.4 s ${minus}0.5 lies between 0.9 s and 1.4 s.`,
	'q ends the watch and leaves with the summary.',
	`${changed} before a key: written by somebody else since the watch began; its delay runs from when it was first seen.`,
];

/** Sends test files and shows what becomes of each, until the person has seen enough. */
export const WatchScreen = ({onLeave}: ScreenProps) => {
	const session = useSession();
	const state = useSessionState();
	const [showsAccess, setShowsAccess] = useState(false);
	const hasStarted = useRef(false);
	const frame = useWizardFrame();
	const {glyphs} = useTheme();
	const {phase} = state;
	const access = sandboxAccess(state);

	const start = (leastCount: number): void => {
		const now = session.getState();
		const {testFileCount, testFileSizeBytes} = completedAnswers(now);
		void session.watchPlanned({
			staysOpen: true,
			followsOthers: now.answers.environment === 'sandbox',
			fileCount: Math.max(leastCount, testFileCount),
			fileSizeBytes: testFileSizeBytes,
		});
	};

	useEffect(() => {
		if (hasStarted.current) return;
		hasStarted.current = true;
		start(0);
	});

	const back: KeyBinding = {
		keys: ['escape'],
		label: 'back',
		action() {
			session.stopWatching();
			session.back();
		},
	};
	const end: KeyBinding = {
		keys: ['q'],
		label: 'end',
		action() {
			session.stopWatching();
			onLeave();
		},
	};
	const watching: readonly KeyBinding[] = [
		{
			keys: ['u'],
			label: 'upload more',
			action() {
				session.uploadMore(completedAnswers(session.getState()).testFileCount || moreFiles);
			},
		},
		{keys: ['up', 'down'], label: 'move'},
		{keys: ['pageup', 'pagedown'], label: 'page', isHidden: true},
	];
	const line: readonly KeyBinding[] = access
		? [{keys: ['c'], label: 'aws line', action: () => setShowsAccess(true)}]
		: [];
	const failed: readonly KeyBinding[] = [
		{keys: ['r'], label: 'watch again', action: () => start(session.getState().filesWanted)},
		...problemListKeys,
	];
	const close: readonly KeyBinding[] = [
		{keys: ['escape', 'c'], label: 'close', action: () => setShowsAccess(false)},
	];
	const bindings =
		access && showsAccess ? close : [...(phase === 'watch-failed' ? failed : watching), end, ...line, back];
	return (
		<Frame {...frame} bindings={bindings} helpNotes={helpNotesWith(glyphs)}>
			{access && showsAccess ? <Access access={access} /> : <WatchView access={access} />}
		</Frame>
	);
};

const Access = ({access}: {readonly access: SandboxAccess}) => {
	const {columns} = useBody();
	return <SandboxHelp access={access} columns={columns} />;
};

/** How other programs reach the sandbox and the bucket that is watched; nothing on AWS. */
const sandboxAccess = (state: SessionState): SandboxAccess | undefined => {
	const environment = valueOf(state.environment);
	const {watched} = state.run;
	if (!environment?.sandboxFiles || environment.endpointUrl === null || !watched) return undefined;
	const {sourceBucket, sourceRegion, sourceProfile} = watched;
	const home = valueOf(state.profiles)?.find(({name}) => name === sourceProfile)?.region;
	return {
		endpointUrl: environment.endpointUrl,
		...environment.sandboxFiles,
		profile: sourceProfile,
		region: home === sourceRegion ? undefined : sourceRegion,
		bucket: sourceBucket,
	};
};

const WatchView = ({access}: {readonly access: SandboxAccess | undefined}) => {
	const {columns, rows} = useBody();
	const {glyphs, styles} = useTheme();
	const {run, phase, filesWanted, watchProblem} = useSessionState();
	const figures = watchFigures(run, filesWanted);
	const isFailed = phase === 'watch-failed' && watchProblem !== undefined;
	const isMoving = phase === 'watching' && (figures.pending > 0 || run.trouble !== undefined);
	const nowMs = useNow(isMoving);
	const objects = watchOrder(run);
	const hasNotice = noticeOf(run, nowMs) !== undefined;
	const isRoomy = rows >= 15;
	const topRows = 3 + (hasNotice ? 1 : 0) + (isRoomy ? 1 : 0);
	const leastListRows = 8;
	const panelRows = access ? accessRows(access, columns, rows - topRows - leastListRows) : 0;
	// Heads above the list, the count below it, and a blank row before the panel.
	const listRows = Math.max(1, rows - topRows - panelRows - 2 - (isRoomy && panelRows > 0 ? 1 : 0));
	const cursor = useListCursor({keys: objects.map(({key}) => key), rows: listRows});
	useKeys(cursor.bindings, {isActive: !isFailed});
	const visible = objects.slice(cursor.top, cursor.top + listRows);
	const last = cursor.top + visible.length;
	const place =
		objects.length > listRows ? `${cursor.top + 1}-${last} of ${objects.length}` : `${objects.length}`;
	const count = `   ${place} ${objects.length === 1 ? 'file' : 'files'}`;
	return (
		<Box flexDirection="column" height={rows} overflow="hidden">
			<Ends columns={columns} />
			<Counts columns={columns} />
			<Percentiles />
			<Notice columns={columns} nowMs={nowMs} />
			{isRoomy && <Text> </Text>}
			{isFailed ? (
				<ProblemList problems={[watchProblem]} width={columns} rows={rows - topRows} />
			) : (
				<>
					<Box flexDirection="column" height={listRows + 2} flexShrink={0} overflow="hidden">
						<ObjectList
							objects={visible}
							focusedIndex={cursor.index - cursor.top}
							destinationCount={Math.max(1, run.watched?.destinations.length ?? 1)}
							nowMs={nowMs}
							width={columns}
						/>
						<Text {...styles.secondary} wrap="truncate">
							{figures.hasOthers ? `${count}   ${glyphs.changed} from others` : count}
						</Text>
					</Box>
					{isRoomy && access && <Text> </Text>}
					{access && <SandboxPanel access={access} columns={columns} rows={panelRows} />}
				</>
			)}
		</Box>
	);
};

/** `source (region) → destination (region)`. */
const Ends = ({columns}: {readonly columns: number}) => {
	const {glyphs, styles} = useTheme();
	const {watched} = useSessionState().run;
	if (!watched) return <Text> </Text>;
	const {sourceBucket, sourceRegion, destinations} = watched;
	const first = destinations[0];
	const more = destinations.length > 1 ? ` and ${destinations.length - 1} more` : '';
	const region = first?.region === undefined ? '' : ` (${first.region})`;
	const fixed = 2 + sourceRegion.length + 3 + glyphs.arrow.length + 2 + region.length + more.length;
	const nameWidth = Math.max(8, Math.floor((columns - fixed) / 2));
	return (
		<Text wrap="truncate">
			{'  '}
			<Text {...styles.strong}>{truncateMiddle(sourceBucket, nameWidth, glyphs.more)}</Text>
			{` (${sourceRegion}) ${glyphs.arrow} `}
			<Text {...styles.strong}>{truncateMiddle(first?.bucket ?? '', nameWidth, glyphs.more)}</Text>
			{region + more}
		</Text>
	);
};

const Counts = ({columns}: {readonly columns: number}) => {
	const {glyphs, styles} = useTheme();
	const {run, filesWanted} = useSessionState();
	const {total, replicated, pending, failed} = watchFigures(run, filesWanted);
	const parts = [
		[`${glyphs.ok} ${replicated} replicated`, 'ok'],
		[`${glyphs.pending} ${pending} pending`, pending > 0 ? 'pending' : 'secondary'],
		[`${glyphs.failed} ${failed} failed`, failed > 0 ? 'error' : 'secondary'],
	] as const;
	const of = `of ${total}`;
	const textWidth = parts.reduce((sum, [text]) => sum + displayWidth(text) + 3, 0) + of.length;
	return (
		<Box>
			<Text>{'  '}</Text>
			<ProgressBar
				done={replicated + failed}
				total={total}
				width={Math.min(60, Math.max(4, columns - textWidth - 4))}
			/>
			<Text wrap="truncate">
				{parts.map(([text, role]) => (
					<Text key={role + text} {...styles[role]}>
						{`   ${text}`}
					</Text>
				))}
				{` ${of}`}
			</Text>
		</Box>
	);
};

const Percentiles = () => {
	const {styles} = useTheme();
	const {run} = useSessionState();
	const figures = runDelays(run);
	if (!figures) return <Text {...styles.secondary}>{'  delay   nothing has arrived yet'}</Text>;
	const {p50, p95, max} = figures;
	return (
		<Text wrap="truncate">
			<Text {...styles.secondary}>{'  delay   '}</Text>
			{`p50 ${durationText(p50)}   p95 ${durationText(p95)}   max ${durationText(max)}`}
			<Text {...styles.secondary}>{`   of ${run.delays.count}`}</Text>
		</Text>
	);
};

/** What has to be said at the moment: requests that fail, or the first file that goes alone. */
const noticeOf = ({trouble, probe}: SessionState['run'], nowMs: number): string | undefined => {
	if (trouble) {
		const seconds = Math.ceil((trouble.nextTryAt - nowMs) / 1000);
		return `! ${trouble.problem.headline}; ${seconds > 0 ? `next try in ${seconds} s` : 'trying now'}`;
	}

	if (!probe || probe.until <= nowMs) return undefined;
	return `At most ${Math.ceil((probe.until - nowMs) / 1000)} s: ${probe.reason}`;
};

const Notice = ({columns, nowMs}: {readonly columns: number; readonly nowMs: number}) => {
	const {glyphs, styles} = useTheme();
	const {run} = useSessionState();
	const notice = noticeOf(run, nowMs);
	if (notice === undefined) return null;
	return (
		<Text {...styles.warning} wrap="truncate">
			{truncateEnd(`  ${sanitize(notice)}`, columns, glyphs.more)}
		</Text>
	);
};
