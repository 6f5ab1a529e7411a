import {wholeRowWidth} from './object-rows.js';

type WatchLayoutInput = {
	/** Cells of the body. */
	readonly columns: number;
	readonly rows: number;
	readonly destinationCount: number;
	/** Rows for what has to be said at the moment. */
	readonly noticeRows: number;
	/** Rows that the panel under the list would like; given what is free, it says how many it takes. */
	readonly panelRows: (free: number) => number;
};

/** What of the watch has room, and how much of it. */
export type WatchLayout = {
	/** A row for each destination; 0 where there is one, which the head tells of. */
	readonly destinationRows: number;
	/** Charts side by side over several rows, instead of a row of figures. */
	readonly hasCharts: boolean;
	/** Delays as a row of bins. */
	readonly hasBins: boolean;
	/** Cells across the pane with the details of the object in focus; 0: none. */
	readonly detailsWidth: number;
	/** Blank rows between the parts. */
	readonly gapRows: 0 | 1;
	/** Blank rows between head and list: what has to be said takes their place, and the list stays where it is. */
	readonly headGapRows: 0 | 1;
	/** Rows for objects, without head and foot. */
	readonly listRows: number;
	readonly panelRows: number;
};

/** The head's two rows: both ends, and progress. */
const headRows = 2;
/** Heads of the columns above the list, and the row below it. */
const listFrameRows = 2;
export const chartRows = 5;
const minChartColumns = 110;
const minDetailsWidth = 32;
const minListRows = 4;
const goodListRows = 6;

/** The pane takes what the list leaves, and never a column of the list: more room never shows less. */
const detailsWidthIn = (columns: number): number => {
	const left = Math.min(Math.floor(columns * 0.4), columns - wholeRowWidth);
	return left >= minDetailsWidth ? left : 0;
};

/**
 * Shares out the body. What does not fit goes in this order: the row of bins, the charts, the panel, the destinations but
 * one; the rows that tell how it stands, and some of the list, are always there.
 */
export const layoutWatch = ({
	columns,
	rows,
	destinationCount,
	noticeRows,
	panelRows: wantedPanel,
}: WatchLayoutInput): WatchLayout => {
	const gapRows = rows >= 15 ? 1 : 0;
	const headGapRows = gapRows === 1 && noticeRows === 0 ? 1 : 0;
	const fixed = headRows + noticeRows + headGapRows + listFrameRows;
	const wantedDestinations = destinationCount > 1 ? destinationCount : 0;
	const destinationRows = Math.max(0, Math.min(wantedDestinations, rows - fixed - 1 - minListRows));
	const free = rows - fixed - destinationRows;
	const hasCharts = columns >= minChartColumns && free - chartRows - gapRows >= 2 * goodListRows;
	const figureRows = hasCharts ? chartRows + gapRows : 1;
	const panelRows = wantedPanel(Math.max(0, free - figureRows - gapRows - goodListRows - 1));
	const panelBlock = panelRows === 0 ? 0 : panelRows + gapRows;
	const hasBins = !hasCharts && free - figureRows - panelBlock - 1 >= goodListRows;
	return {
		destinationRows,
		hasCharts,
		hasBins,
		detailsWidth: detailsWidthIn(columns),
		gapRows,
		headGapRows,
		listRows: Math.max(1, free - figureRows - panelBlock - (hasBins ? 1 : 0)),
		panelRows,
	};
};
