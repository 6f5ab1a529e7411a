import {Box} from 'ink';
import type {Answers} from '../../../domain/answers/answers.js';
import {durationText} from '../../../domain/text/duration-text.js';
import {useBody} from '../../hooks/use-body.js';
import {useNow} from '../../hooks/use-now.js';
import {useTheme} from '../../hooks/use-theme.js';
import {truncateMiddle} from '../../components/text/truncate.js';
import {Text} from '../../components/text/text.js';

type PlanReadingProps = {
	readonly answers: Answers;
	/** When it began, in milliseconds since 1970. */
	readonly startedAt: number;
};

/** While the plan is made: what is read, and for how long by now. */
export const PlanReading = ({answers, startedAt}: PlanReadingProps) => {
	const {glyphs, styles} = useTheme();
	const {columns} = useBody();
	const elapsedMs = useNow(true) - startedAt;
	const {
		sourceBucket = '',
		destinationBucket = '',
		roleName = '',
		roleArn,
		sourceProfile,
		destinationProfile,
	} = answers;
	const rows = [
		['source', `bucket ${sourceBucket}`, sourceProfile],
		['destination', `bucket ${destinationBucket}`, destinationProfile],
		...(roleArn === undefined ? [['role', roleName, sourceProfile] as const] : []),
	] as const;
	return (
		<Box flexDirection="column">
			<Text wrap="truncate">
				<Text {...styles.pending}>{` ${glyphs.pending} `}</Text>
				{'Reading what is there'}
				<Text {...styles.secondary}>{elapsedMs < 1000 ? '' : `   ${durationText(elapsedMs)}`}</Text>
			</Text>
			<Text> </Text>
			{rows.map(([head, name, profile]) => (
				<Text key={head} wrap="truncate">
					<Text {...styles.secondary}>{`   ${head.padEnd(13)}`}</Text>
					{truncateMiddle(name, Math.max(8, columns - 44), glyphs.more)}
					<Text {...styles.secondary}>{`  profile ${profile ?? ''}`}</Text>
				</Text>
			))}
			<Text> </Text>
			<Text {...styles.secondary}>{'   Nothing is changed by this.'}</Text>
		</Box>
	);
};
