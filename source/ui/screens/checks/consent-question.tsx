import {Box} from 'ink';
import {useMemo} from 'react';
import type {WantedConsent} from '../../../domain/answers/consents.js';
import {diffRows} from '../../components/documents/diff-view.js';
import {LineView, type ViewLine} from '../../components/text/line-view.js';
import {Paragraph} from '../../components/text/paragraph.js';
import {Text} from '../../components/text/text.js';
import {wrapText} from '../../components/text/truncate.js';
import {useBody} from '../../hooks/use-body.js';
import {useTheme} from '../../hooks/use-theme.js';

const headRows = 3;

/** Asks for a yes to a change of what others made, and shows that change. */
export const ConsentQuestion = ({consent}: {readonly consent: WantedConsent}) => {
	const {columns, rows} = useBody();
	const {styles} = useTheme();
	const {documents} = consent;
	const width = columns - 2;
	const lines = useMemo(
		() =>
			documents.flatMap(({title, before, value}): readonly ViewLine[] => [
				...wrapText(`${title}:`, width).map((text) => [{text, style: styles.secondary}]),
				...diffRows(before, value, width, styles),
			]),
		[documents, width, styles],
	);
	return (
		<Box flexDirection="column" height={rows} overflow="hidden">
			<Text {...styles.strong} wrap="truncate">
				{` ${consent.question}?`}
			</Text>
			<Paragraph text="Others made it. Nothing is written before you approve the plan." />
			<Text> </Text>
			<Box paddingLeft={1}>
				<LineView lines={lines} width={width} rows={Math.max(1, rows - headRows)} />
			</Box>
		</Box>
	);
};
