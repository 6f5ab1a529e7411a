import {Box, Text} from 'ink';
import {useTheme} from '../hooks/use-theme.js';
import {sanitize} from './sanitize.js';
import {padEnd, wrapText} from './truncate.js';

export type ProblemPanelProps = {
	/** What is wrong now, one sentence: "Cannot …". */
	readonly headline: string;
	/** Why, with the evidence: call, code, request id. */
	readonly cause: string;
	/** What to do, best first. */
	readonly nextSteps: readonly string[];
	/** Cells across. */
	readonly width: number;
};

const headWidth = 8;

const Part = ({
	head,
	text,
	width,
}: {
	readonly head: string;
	readonly text: string;
	readonly width: number;
}) => {
	const {styles} = useTheme();
	return wrapText(sanitize(text), width - headWidth - 4).map((line, index) => (
		<Text key={index} wrap="truncate">
			<Text {...styles.secondary}>{`   ${padEnd(index === 0 ? head : '', headWidth)}`}</Text>
			{line}
		</Text>
	));
};

/** A problem as it is told everywhere: what failed, why, and numbered next steps. */
export const ProblemPanel = ({headline, cause, nextSteps, width}: ProblemPanelProps) => {
	const {glyphs, styles} = useTheme();
	return (
		<Box flexDirection="column" width={width}>
			{wrapText(sanitize(headline), width - 5).map((line, index) => (
				<Text key={index} wrap="truncate">
					<Text {...styles.error}>{` ${padEnd(index === 0 ? glyphs.failed : '', 2)}`}</Text>
					<Text {...styles.strong}>{line}</Text>
				</Text>
			))}
			<Part head="cause" text={cause} width={width} />
			{nextSteps.map((step, index) => (
				<Part key={step} head={`${index === 0 ? 'next' : '    '}  ${index + 1}`} text={step} width={width} />
			))}
		</Box>
	);
};
