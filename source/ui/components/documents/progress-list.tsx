import {Box} from 'ink';
import type {OperationProgress, RunState} from '../../../session/state/run-state.js';
import {useListCursor} from '../../hooks/use-list-cursor.js';
import {MoreBelow} from '../text/row.js';
import {DocumentPane} from './document-pane.js';
import {documentBefore, OperationDocument} from './operation-document.js';
import {OperationRows, operationLines, operationToShow, restingTop, wholeWidth} from './operation-rows.js';
import {type OpenRow, paneColumns, useRowKeys} from './use-open-row.js';

type ProgressListProps = {
	/** What the operations belong to. */
	readonly run: RunState;
	/** Milliseconds since 1970. */
	readonly nowMs: number;
	/** Rows of the list; of the document as well, where that has not more. */
	readonly rows: number;
	/** Rows of a document that stands in the place of the list. */
	readonly documentRows: number;
	/** Cells across. */
	readonly width: number;
	readonly row: OpenRow;
};

/** With less a document beside the list shows nothing of itself. */
const minPane = {columns: 36, rows: 10} as const;
/** From so many rows on one of them counts what has no room. */
const minCounted = 6;
/** The line between list and document, and the blanks about it. */
const dividerWidth = 3;

/** Whether the row in focus is shown beside the list: never at the cost of a name. */
export const hasProgressPane = (
	operations: readonly OperationProgress[],
	{columns, rows}: {readonly columns: number; readonly rows: number},
): boolean =>
	columns >= paneColumns &&
	rows >= minPane.rows &&
	columns - wholeWidth(operations) - dividerWidth >= minPane.columns;

/** What is being done, or was done, a row each; the one in focus opens as a document. What moves goes on under it. */
export const ProgressList = ({run, nowMs, rows, documentRows, width, row}: ProgressListProps) => {
	const {operations} = run;
	const lines = operationLines(operations);
	const rest = operationToShow(operations);
	// The last row counts what is below.
	const hasCount = lines.length > rows - 1 && rows >= minCounted;
	const listRows = hasCount ? rows - 1 : rows;
	const keys = operations.map(({operation}) => operation.id);
	const cursor = useListCursor({
		keys,
		rows: Math.max(1, listRows - 1),
		lineCount: lines.length,
		lineOf: (index) => lines.findIndex(({progress}) => progress === operations[index]),
		...(rest === undefined ? {} : {restKey: rest}),
	});
	const top =
		cursor.isMoved || rest === undefined ? cursor.top : restingTop(operations, Math.max(1, listRows - 1));
	const below = lines.length - top - (listRows - 1);
	const shown = operations.find(({operation}) => operation.id === row.openKey) ?? operations[cursor.index];
	const hasPane = hasProgressPane(operations, {columns: width, rows});
	useRowKeys(row, {
		cursor,
		key: keys[cursor.index],
		canTurn: width >= paneColumns && shown !== undefined && documentBefore(shown.operation) !== undefined,
	});
	const listWidth = hasPane ? wholeWidth(operations) : width;
	const step = run.undo?.steps.find(({operation}) => operation.id === shown?.operation.id);
	const document = shown && (
		<OperationDocument
			operation={shown.operation}
			progress={shown}
			undo={step}
			view={row.view}
			profile={step?.profile ?? run.plan?.[shown.operation.side].profile ?? ''}
			width={hasPane ? width - listWidth - dividerWidth : width - 2}
			rows={hasPane ? rows : documentRows}
			isActive={row.isOpen}
		/>
	);
	if (row.isOpen && !hasPane) return <Box paddingLeft={1}>{document}</Box>;
	return (
		<Box height={rows} overflow="hidden">
			<Box flexDirection="column" width={listWidth}>
				<OperationRows
					operations={operations}
					nowMs={nowMs}
					rows={listRows}
					width={listWidth}
					top={top}
					focusedId={shown?.operation.id}
				/>
				{hasCount && <MoreBelow count={below} />}
			</Box>
			{hasPane && <DocumentPane rows={rows}>{document}</DocumentPane>}
		</Box>
	);
};
