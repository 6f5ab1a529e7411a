import {Box} from 'ink';
import {useScroll} from '../../hooks/use-scroll.js';
import {useTheme} from '../../hooks/use-theme.js';
import {type TextStyle} from '../../theme.js';
import {Text} from './text.js';

/** A line of a document in pieces, each with how it looks. */
export type ViewLine = ReadonlyArray<{readonly text: string; readonly style?: TextStyle}>;

export type LineViewProps = {
	readonly lines: readonly ViewLine[];
	/** Cells across; a line is at most so long. */
	readonly width: number;
	/** Rows it may take; more lines scroll. */
	readonly rows: number;
	/** Hears keys; false while another part of the screen has the focus. */
	readonly isActive?: boolean;
};

/** Lines that scroll. */
export const LineView = ({lines, width, rows, isActive = true}: LineViewProps) => {
	const {styles} = useTheme();
	const {top, textRows, isLong} = useScroll(lines.length, rows, isActive);
	const visible = lines.slice(top, top + textRows);
	return (
		<Box flexDirection="column" width={width}>
			{visible.map((line, index) => (
				<Text key={index} wrap="truncate">
					{line.every(({text}) => text === '')
						? ' '
						: line.map(({text, style}, at) => (
								<Text key={at} {...style}>
									{text}
								</Text>
							))}
				</Text>
			))}
			{isLong && (
				<Text {...styles.secondary} wrap="truncate">
					lines {top + 1}-{top + visible.length} of {lines.length}
				</Text>
			)}
		</Box>
	);
};
