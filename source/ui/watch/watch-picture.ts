import type {WatchView} from '../../session/watch/watch-view.js';
import {type ListChoice} from './use-watch-query.js';
import {type Glyphs} from '../theme.js';
import {emptyListLine, footLine} from './watch-foot.js';
import {beside, blankLine, type Line, quiet, type Span} from '../components/text/line.js';
import {detailLines} from './object-details.js';
import {objectRows} from './object-rows.js';
import {placeCursor, type RowCursor, type RowsNow} from './row-cursor.js';
import {type SandboxAccess, sandboxLine} from './sandbox-access.js';
import {truncateEnd} from '../components/text/truncate.js';
import {ageText} from './watch-cells.js';
import {causeRows, metricsNotice, watchNotices} from './watch-notices.js';
import {chartLines} from './watch-charts.js';
import {countsLine, watchFigures} from './watch-figures.js';
import {binsLine, delaysLine} from './watch-delays.js';
import {destinationLines, endsLine} from './watch-destinations.js';
import {layoutWatch, type WatchLayout} from './watch-layout.js';

/** Everything the picture of a watch depends on. */
export type WatchPictureInput = {
	readonly watch: WatchView;
	/** Milliseconds since 1970; stands still while nothing moves. */
	readonly nowMs: number;
	/** Is anything still to come? */
	readonly isMoving: boolean;
	/** How long a watch that uploads nothing still lasts. */
	readonly leftMs?: number;
	readonly filesWanted: number;
	readonly choice: ListChoice;
	readonly cursor: RowCursor;
	readonly access: SandboxAccess | undefined;
	/** Whether a key mends what stands in the way. */
	readonly canMend: boolean;
	readonly glyphs: Glyphs;
	/** Cells of the body. */
	readonly columns: number;
	readonly rows: number;
};

/** How it stands with the watch itself; its clock stands still when nothing more is to come. */
const noteOf = ({watch, isMoving, leftMs, nowMs}: WatchPictureInput): Span => {
	const left = leftMs === undefined ? '' : `${ageText(leftMs)} left`;
	if (watch.isPaused) return {text: left === '' ? 'paused' : `paused, ${left}`, role: 'warning'};
	if (!watch.ends) return quiet('');
	if (left !== '') return quiet(left);
	return quiet(isMoving ? `live ${ageText(nowMs - watch.ends.startedAt)}` : 'all settled');
};

/** On the smallest screens the destinations' own rows tell what is not seen of them. */
const minRowsForNotes = 15;

/** What has to be said, a row each; the figures of CloudWatch come last. */
const noticesOf = ({watch, nowMs, rows, glyphs}: WatchPictureInput): readonly Span[] => {
	const hasRoom = rows >= minRowsForNotes;
	const said = watchNotices(watch, nowMs, hasRoom).map((text): Span => ({text, role: 'warning'}));
	const metrics = hasRoom ? metricsNotice(watch, nowMs) : undefined;
	return metrics === undefined ? said : [...said, quiet(`${glyphs.skipped} ${metrics}`)];
};

/** What stands in the way of files, in a row, or in two where that says it in full. */
const causesOf = ({watch, glyphs, columns: width, rows, canMend}: WatchPictureInput): readonly Line[] =>
	causeRows(watch.causes, {glyphs, width, canMend, hasRoom: rows >= minRowsForNotes});

const layoutOf = (input: WatchPictureInput): WatchLayout => {
	const {watch, access, columns, rows} = input;
	return layoutWatch({
		columns,
		rows,
		destinationCount: watch.destinations().length,
		noticeRows: noticesOf(input).length + causesOf(input).length,
		panelRows: () => (access ? 1 : 0),
	});
};

/** The list as it is now, for the cursor. */
export const rowsNow = (input: WatchPictureInput): RowsNow => {
	const {watch, nowMs, choice} = input;
	return {
		placeOf: (id) => watch.placeOf(id, choice, nowMs),
		idAt: (offset) => watch.rows({...choice, offset, limit: 1}, nowMs).rows[0]?.id,
		total: watch.rows({...choice, offset: 0, limit: 0}, nowMs).total,
		rows: layoutOf(input).listRows,
	};
};

/** What stands above the list: both ends, progress, delays, and what has to be said. */
export const watchHead = (input: WatchPictureInput): readonly Line[] => {
	const {watch, nowMs, filesWanted, glyphs, columns: width} = input;
	const {destinationRows, hasCharts, hasBins, headGapRows} = layoutOf(input);
	const arrivals = watch.arrivals(nowMs);
	const room = {glyphs, width};
	return [
		endsLine(watch.ends, noteOf(input), room),
		...destinationLines(watch.destinations(), {
			...room,
			rows: destinationRows,
			isTwoWay: watch.ends?.homes !== undefined,
		}),
		countsLine(watchFigures(watch.counts(nowMs), filesWanted), room),
		...(hasCharts
			? [blankLine, ...chartLines(watch.delays, arrivals, room)]
			: [delaysLine(watch.delays, arrivals.objects, room)]),
		...(hasBins ? [binsLine(watch.delays, room)] : []),
		...causesOf(input),
		...noticesOf(input).map((notice): Line => [
			{...notice, text: truncateEnd(`  ${notice.text}`, width, glyphs.more)},
		]),
		...(headGapRows > 0 ? [blankLine] : []),
	];
};

/** The whole picture: head, the objects in sight with the one in focus explained beside them, foot, and the sandbox's panel. */
export const watchPicture = (input: WatchPictureInput): readonly Line[] => {
	const {watch, nowMs, choice, cursor, access, glyphs, columns} = input;
	const layout = layoutOf(input);
	const {listRows, detailsWidth, panelRows, gapRows} = layout;
	const {index, top} = placeCursor(cursor, rowsNow(input));
	const {rows, total} = watch.rows({...choice, offset: top, limit: listRows}, nowMs);
	const listWidth = columns - detailsWidth;
	const list = objectRows({
		objects: rows,
		focusedIndex: index - top,
		destinationCount: Math.max(1, watch.ends?.destinations.length ?? 1),
		isTwoWay: watch.ends?.homes !== undefined,
		nowMs,
		glyphs,
		width: listWidth,
	});
	const shown = total === 0 ? [...list, emptyListLine(choice, listWidth, glyphs.more)] : list;
	const block = Array.from({length: listRows + 1}, (_, row) => shown[row] ?? blankLine);
	const isSandboxShown = access !== undefined && panelRows > 0;
	return [
		...watchHead(input),
		...(detailsWidth > 0 ? beside(block, paneLines(input, layout, rows[index - top]?.id), listWidth) : block),
		footLine({
			choice,
			place: {first: top + 1, last: top + rows.length, total},
			hasOthers: watch.counts(nowMs).others > 0,
			hasMarkers: watch.counts(nowMs).objects.deleteMarker > 0,
			requests: watch.requests(),
			glyphs,
			width: columns,
		}),
		...(isSandboxShown && gapRows > 0 ? [blankLine] : []),
		...(isSandboxShown ? [sandboxLine(access, {glyphs, columns})] : []),
	];
};

/** Details of one object behind a line, as high as the list; what has no room is on the page of its own. */
const paneLines = (
	{watch, nowMs, glyphs}: WatchPictureInput,
	{detailsWidth, listRows}: WatchLayout,
	id: string | undefined,
): readonly Line[] => {
	const details = id === undefined ? undefined : watch.object(id, nowMs);
	const lines = details ? detailLines(details, watch.ends, glyphs, detailsWidth - 3) : [];
	const isLong = lines.length > listRows + 1;
	const shown = isLong ? lines.slice(0, listRows) : lines;
	return Array.from({length: listRows + 1}, (_, row): Line => {
		const more = isLong && row === listRows;
		const line: Line = more
			? [quiet(`${glyphs.enter} all ${lines.length} lines`)]
			: (shown[row] ?? blankLine);
		return [quiet(`${glyphs.divider} `), ...line];
	});
};

/** Everything of the object in focus. */
export const focusedDetails = (input: WatchPictureInput): readonly Line[] => {
	const {watch, nowMs, choice, cursor, glyphs, columns} = input;
	const {index} = placeCursor(cursor, rowsNow(input));
	const focused = watch.rows({...choice, offset: index, limit: 1}, nowMs).rows[0];
	const details = focused && watch.object(focused.id, nowMs);
	return details ? detailLines(details, watch.ends, glyphs, columns - 2) : [];
};
