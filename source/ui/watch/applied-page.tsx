import {Box} from 'ink';
import {hasProgressPane, ProgressList} from '../components/documents/progress-list.js';
import type {OpenRow} from '../components/documents/use-open-row.js';
import {Paragraph} from '../components/text/paragraph.js';
import {Text} from '../components/text/text.js';
import {useBody} from '../hooks/use-body.js';
import {useSession} from '../hooks/use-session.js';

/** A title and a blank row. */
const headRows = 2;

type AppliedPageProps = {
	/** The row that is opened. */
	readonly row: OpenRow;
};

/** What Apply did, a row each, to be looked at again while the watch goes on. */
export const AppliedPage = ({row}: AppliedPageProps) => {
	const {run} = useSession().getState();
	const {columns, rows} = useBody();
	const {operations} = run;
	const done = operations.filter(({state}) => state === 'done').length;
	const listRows = rows - headRows;
	const isAlone = row.isOpen && !hasProgressPane(operations, {columns, rows: listRows});
	return (
		<Box flexDirection="column" height={rows} overflow="hidden">
			{!isAlone && (
				<>
					<Paragraph role="strong" text={`Apply: ${done} of ${operations.length} done`} />
					<Text> </Text>
				</>
			)}
			<ProgressList run={run} nowMs={0} rows={listRows} documentRows={rows} width={columns} row={row} />
		</Box>
	);
};
