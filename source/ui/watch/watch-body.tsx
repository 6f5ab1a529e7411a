import {Box} from 'ink';
import {useCallback, useState} from 'react';
import {scrollTop} from '../hooks/use-scroll.js';
import {type Line, plain} from '../components/text/line.js';
import {Painted} from '../components/text/painted.js';
import {ProblemList} from '../components/problems/problem-list.js';
import {causeLines} from '../components/documents/cause-lines.js';
import {firstRow, moveCursor} from './row-cursor.js';
import {type SandboxAccess, SandboxHelp} from './sandbox-access.js';
import type {OpenRow} from '../components/documents/use-open-row.js';
import {scrolledLines} from '../components/text/scrolled-lines.js';
import {focusedDetails, rowsNow, watchHead, watchPicture, type WatchPictureInput} from './watch-picture.js';
import {wrapHard} from '../components/text/truncate.js';
import {visibleText} from '../../domain/text/visible-text.js';
import {useBody} from '../hooks/use-body.js';
import {useKeys} from '../hooks/use-keys.js';
import {moveKeys} from '../hooks/use-list-cursor.js';
import {useLivePaint} from './use-live-paint.js';
import {useSession, useSessionValues} from '../hooks/use-session.js';
import {useTheme} from '../hooks/use-theme.js';
import {BackQuestion, LeaveQuestion} from './leave-question.js';
import {AppliedPage} from './applied-page.js';
import {DropFile} from './drop-file.js';
import {useFilterTyping, type WatchQuery} from './use-watch-query.js';

/** What the body shows: the list, one object on a page of its own, how others reach the sandbox, what a key has written, or the last question. */
export type WatchMode =
	| 'list'
	| 'details'
	| 'causes'
	| 'access'
	| 'report'
	| 'dropping'
	| 'applied'
	| 'backing'
	| 'leaving'
	| 'removing';

type WatchBodyProps = {
	readonly mode: WatchMode;
	readonly list: WatchQuery;
	/** The row of Apply that is opened. */
	readonly row: OpenRow;
	readonly access: SandboxAccess | undefined;
	/** Whether a key mends what stands in the way. */
	readonly canMend: boolean;
	/** Where the report is, or why there is none; a paragraph each. */
	readonly report: readonly string[];
	/** A file was named and is on its way. */
	readonly onDropped: () => void;
};

/** Everything between the two rules of the watch screen. */
export const WatchBody = ({mode, list, row, access, canMend, report, onDropped}: WatchBodyProps) => {
	const {columns, rows} = useBody();
	const {glyphs} = useTheme();
	const session = useSession();
	const {watchView: watch} = session;
	const {phase, watchProblem: problem} = useSessionValues(({phase, watchProblem}) => ({phase, watchProblem}));
	const [cursor, setCursor] = useState(firstRow);
	const [scroll, setScroll] = useState(0);
	const isMoving = (): boolean => {
		const now = session.getState();
		const {total, others} = watch.counts(0);
		const isWaiting = watch.isAnyOpen || watch.troubles.length > 0 || total - others < now.filesWanted;
		const isLimited = session.timeLeftMs() !== undefined;
		return now.phase === 'watching' && !watch.isPaused && (isWaiting || isLimited);
	};
	const subscribe = useCallback(
		(listener: () => void) => {
			const ends = [watch.subscribe(listener), session.subscribe(listener)];
			return () => {
				for (const end of ends) end();
			};
		},
		[watch, session],
	);
	// The figures of CloudWatch grow old while all else stands still.
	const hasAges = (): boolean =>
		session.getState().phase === 'watching' && !watch.isPaused && watch.metrics.length > 0;
	const nowMs = useLivePaint(subscribe, () => isMoving() || hasAges());
	const input = (): WatchPictureInput => ({
		watch,
		nowMs: nowMs(),
		isMoving: isMoving(),
		leftMs: phase === 'watching' ? session.timeLeftMs() : undefined,
		filesWanted: session.getState().filesWanted,
		choice: list.choice,
		cursor,
		access,
		canMend,
		glyphs,
		columns,
		rows,
	});
	const isFailed = phase === 'watch-failed' && problem !== undefined;
	const move = (by: number) => () => {
		setScroll(0);
		setCursor(moveCursor(cursor, by, rowsNow(input())));
	};
	const page = (): readonly Line[] =>
		mode === 'causes' ? causeLines(watch.causes, glyphs, columns) : focusedDetails(input());
	const turn = (by: number) => () => setScroll(scrollTop(scroll, by, page().length, Math.max(1, rows - 1)));
	const isPage = mode === 'details' || mode === 'causes';
	const step = isPage ? turn : move;
	useKeys(moveKeys(step, rowsNow(input()).rows - 1, Number.MAX_SAFE_INTEGER), {
		isActive: (mode === 'list' && !isFailed && !list.choice.isTyping) || isPage,
	});
	useFilterTyping(list);

	if (mode === 'access' && access) return <SandboxHelp access={access} columns={columns} />;
	if (mode === 'dropping') return <DropFile onDone={onDropped} />;
	if (mode === 'applied') return <AppliedPage row={row} />;
	if (mode === 'backing') return <BackQuestion />;
	if (mode === 'leaving' || mode === 'removing') return <LeaveQuestion isRemoving={mode === 'removing'} />;
	if (isFailed && mode === 'list') {
		const headRows = watchHead(input()).length;
		return (
			<Box flexDirection="column" height={rows} overflow="hidden">
				<Painted width={columns} rows={headRows} draw={() => watchHead(input())} />
				<ProblemList problems={[problem]} rows={rows - headRows} />
			</Box>
		);
	}

	const draw = (): readonly Line[] => {
		if (mode === 'report') return reportLines(report, columns).slice(0, rows);
		if (isPage) return scrolledLines(page(), {top: scroll, rows, glyphs});
		return watchPicture(input());
	};
	return <Painted width={columns} rows={rows} draw={draw} />;
};

/** Paths as they are, over as many rows as they take: they are there to be copied. */
const reportLines = (paragraphs: readonly string[], columns: number): readonly Line[] =>
	paragraphs.flatMap((paragraph) =>
		wrapHard(visibleText(paragraph), Math.max(1, columns - 2)).map((row): Line => [plain(`  ${row}`)]),
	);
