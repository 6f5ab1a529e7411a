import {Box} from 'ink';
import {useState} from 'react';
import type {Plan} from '../../../domain/plan/plan.js';
import {OperationDocument} from '../../components/documents/operation-document.js';
import {type OpenRow, useRowKeys} from '../../components/documents/use-open-row.js';
import {planLines} from '../../components/documents/plan-lines.js';
import {PlanList} from '../../components/documents/plan-list.js';
import {signedRows} from '../../components/text/truncate.js';
import {Text} from '../../components/text/text.js';
import {useBody} from '../../hooks/use-body.js';
import {useKeys} from '../../hooks/use-keys.js';
import {useListCursor} from '../../hooks/use-list-cursor.js';
import {useTheme} from '../../hooks/use-theme.js';

type CopyPlanProps = {
	readonly plan: Plan;
	/** The operation that is opened. */
	readonly row: OpenRow;
};

/** What a job takes: the bucket for its reports, its role, itself; and what has to be known before a yes, its price first. */
export const CopyPlan = ({plan, row}: CopyPlanProps) => {
	const {columns, rows} = useBody();
	const {glyphs, styles} = useTheme();
	const lines = planLines(plan);
	const operations = lines.flatMap((line) => (line.type === 'operation' ? [line.operation] : []));
	const notes = operations
		.flatMap((operation) => operation.notes ?? [])
		.flatMap((note) => signedRows(note, columns - 6, glyphs.warning));
	const room = Math.max(2, rows - 3);
	const listRows = Math.min(lines.length, Math.max(2, room - notes.length));
	const noteRows = Math.max(0, room - listRows);
	const cursor = useListCursor({
		keys: operations.map(({id}) => id),
		rows: listRows,
		lineCount: lines.length,
		lineOf: (index) =>
			index === 0
				? 0
				: lines.findIndex((line) => line.type === 'operation' && line.operation === operations[index]),
	});
	// Below the list there may be more to say than there is room for.
	const [top, setTop] = useState(0);
	const most = Math.max(0, notes.length - noteRows);
	useKeys(
		[
			{keys: ['pageup'], label: 'page up', action: () => setTop(Math.max(0, top - 1))},
			{keys: ['pagedown'], label: 'page down', action: () => setTop(Math.min(most, top + 1))},
		],
		{isActive: !row.isOpen && most > 0},
	);
	const focused = operations[cursor.index];
	useRowKeys(row, {cursor, key: focused?.id, canTurn: false});
	if (row.isOpen && focused)
		return (
			<Box paddingLeft={1}>
				<OperationDocument
					operation={focused}
					view={row.view}
					profile={plan.source.profile}
					width={columns - 2}
					rows={rows}
					isActive
				/>
			</Box>
		);
	return (
		<Box flexDirection="column" height={rows} overflow="hidden">
			<Text wrap="truncate" {...styles.strong}>{`  ${plan.title ?? ''}`}</Text>
			<PlanList lines={lines} top={cursor.top} rows={listRows} width={columns} focusedId={focused?.id} />
			<Text> </Text>
			{notes.slice(top, top + noteRows).map((text, index) => (
				<Text key={index} {...styles.warning} wrap="truncate">{`   ${text}`}</Text>
			))}
			<Text {...styles.secondary} wrap="truncate">
				{top < most ? `   ${glyphs.more}${most - top} more lines` : ' '}
			</Text>
		</Box>
	);
};
