import {Box, Text} from 'ink';
import {useMemo, useState} from 'react';
import {useKeys, type KeyBinding} from '../hooks/use-keys.js';
import {useTheme} from '../hooks/use-theme.js';
import {sanitize} from './sanitize.js';
import {wrapHard} from './truncate.js';

export type JsonViewProps = {
	/** The document: exactly the value that is sent. */
	readonly value: unknown;
	/** Cells across. */
	readonly width: number;
	/** Rows it may take; longer documents scroll. */
	readonly rows: number;
	/** Hears keys; false while another part of the screen has the focus. */
	readonly isActive?: boolean;
};

/** What the view does with keys, for the hint line and the help of the screen it is on. */
export const jsonViewKeys: readonly KeyBinding[] = [
	{keys: ['up', 'down'], label: 'scroll'},
	{keys: ['pageup', 'pagedown'], label: 'page'},
	{keys: ['home', 'end'], label: 'first, last', isHidden: true},
];

/** The first visible line after scrolling by some lines. */
export const scrollTop = (top: number, byLines: number, lineCount: number, rows: number): number =>
	Math.max(0, Math.min(top + byLines, lineCount - rows));

/** The lines of a document; what is wider than the view is broken, nothing is left out. */
export const jsonLines = (value: unknown, width: number): readonly string[] =>
	// A document that is text already (a policy as it stands at AWS) is not quoted once more.
	(typeof value === 'string' ? value : (JSON.stringify(value, undefined, 2) ?? ''))
		.split('\n')
		.flatMap((line) => wrapHard(sanitize(line), width));

/** A JSON document that scrolls. */
export const JsonView = ({value, width, rows, isActive = true}: JsonViewProps) => {
	const {styles} = useTheme();
	const [wantedTop, setWantedTop] = useState(0);
	const lines = useMemo(() => jsonLines(value, width), [value, width]);
	const isLong = lines.length > rows;
	const textRows = isLong ? Math.max(1, rows - 1) : rows;
	// The document or the room for it may have become smaller since the last key.
	const top = scrollTop(wantedTop, 0, lines.length, textRows);
	const scroll = (byLines: number) => () => setWantedTop(scrollTop(top, byLines, lines.length, textRows));
	useKeys(
		[
			{keys: ['up', 'k'], label: 'up', action: scroll(-1)},
			{keys: ['down', 'j'], label: 'down', action: scroll(1)},
			{keys: ['pageup'], label: 'page up', action: scroll(-textRows)},
			{keys: ['pagedown', 'space'], label: 'page down', action: scroll(textRows)},
			{keys: ['home'], label: 'first', action: scroll(-lines.length)},
			{keys: ['end'], label: 'last', action: scroll(lines.length)},
		],
		{isActive},
	);
	const visible = lines.slice(top, top + textRows);
	return (
		<Box flexDirection="column" width={width}>
			{visible.map((line, index) => (
				<Text key={index} wrap="truncate">
					{line === '' ? ' ' : line}
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
