import {Box} from 'ink';
import {OperationRows, operationLines} from '../components/documents/operation-rows.js';
import {Paragraph} from '../components/text/paragraph.js';
import {Text} from '../components/text/text.js';
import {useBody} from '../hooks/use-body.js';
import {useScroll} from '../hooks/use-scroll.js';
import {useSession} from '../hooks/use-session.js';
import {useTheme} from '../hooks/use-theme.js';

/** What Apply did, a row each, to be looked at again while the watch goes on. */
export const AppliedPage = () => {
	const {operations} = useSession().getState().run;
	const {columns, rows} = useBody();
	const {styles} = useTheme();
	const lineCount = operationLines(operations).length;
	const done = operations.filter(({state}) => state === 'done').length;
	// A title, a blank row, the heads of the columns.
	const {top, textRows, isLong} = useScroll(lineCount, Math.max(2, rows - 3), true);
	return (
		<Box flexDirection="column" height={rows} overflow="hidden">
			<Paragraph width={columns} role="strong" text={`Apply: ${done} of ${operations.length} done`} />
			<Text> </Text>
			<OperationRows operations={operations} nowMs={0} rows={textRows + 1} width={columns} top={top} />
			{isLong && <Text {...styles.secondary}>{`  rows ${top + 1}-${top + textRows} of ${lineCount}`}</Text>}
		</Box>
	);
};
