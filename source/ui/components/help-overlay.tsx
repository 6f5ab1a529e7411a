import {Box, Text} from 'ink';
import {useKeys, type KeyBinding} from '../hooks/use-keys.js';
import {useTheme} from '../hooks/use-theme.js';
import {labelKeys} from './key-labels.js';
import {displayWidth, padEnd, truncateEnd, wrapText} from './truncate.js';

export type HelpOverlayProps = {
	/** The bindings that work on the screen underneath. */
	readonly bindings: readonly KeyBinding[];
	/** Sentences that explain the screen, below the keys. */
	readonly notes?: readonly string[];
	/** Cells across. */
	readonly width: number;
	/** Rows it may take. */
	readonly rows: number;
	readonly onClose: () => void;
};

const anywhere: readonly KeyBinding[] = [
	{keys: ['?'], label: 'this help'},
	{keys: ['ctrl+c'], label: 'stop safely'},
];

/** The keys that work here, made from the very table that acts on them. Any of `?`, Esc, Enter and q closes it. */
export const HelpOverlay = ({bindings, notes = [], width, rows, onClose}: HelpOverlayProps) => {
	const {glyphs, styles} = useTheme();
	useKeys([{keys: ['?', 'escape', 'enter', 'q'], label: 'close', action: onClose}], {onText: () => true});
	const lines = [...bindings, ...anywhere].map(({keys, label}) => ({
		keys: keys.length === 0 ? '' : labelKeys(keys, glyphs),
		label,
	}));
	const keyWidth = Math.max(...lines.map(({keys}) => displayWidth(keys)));
	const noteLines = notes.flatMap((note) => wrapText(note, width - 4));
	const keyRows = Math.max(1, Math.min(lines.length, rows - 2));
	const columnCount = Math.ceil(lines.length / keyRows);
	const columnWidth = Math.floor((width - 2) / columnCount);
	const noteRows = Math.max(0, rows - 2 - keyRows - 1);
	return (
		<Box flexDirection="column" height={rows} width={width} overflow="hidden">
			<Text {...styles.strong}> Keys that work here</Text>
			<Text> </Text>
			{Array.from({length: keyRows}, (_, row) => (
				<Box key={row} paddingLeft={2}>
					{Array.from({length: columnCount}, (_, column) => {
						const line = lines[column * keyRows + row];
						return (
							<Box key={column} width={columnWidth}>
								<Text {...styles.accent}>{padEnd(line?.keys ?? '', keyWidth)}</Text>
								<Text wrap="truncate">
									{truncateEnd(
										`  ${line?.label ?? ''}`,
										Math.max(0, columnWidth - keyWidth - 1),
										glyphs.more,
									)}
								</Text>
							</Box>
						);
					})}
				</Box>
			))}
			{noteRows > 0 && noteLines.length > 0 && <Text> </Text>}
			{noteLines.slice(0, noteRows).map((line, index) => (
				<Text key={index} {...styles.secondary} wrap="truncate">
					{'  '}
					{line}
				</Text>
			))}
		</Box>
	);
};
