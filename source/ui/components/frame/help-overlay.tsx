import {type Room} from '../../hooks/use-body.js';
import {useKeys, type KeyBinding} from '../../hooks/use-keys.js';
import {useTheme} from '../../hooks/use-theme.js';
import {type TextStyle} from '../../theme.js';
import {labelKeys} from './key-labels.js';
import {LineView, type ViewLine} from '../text/line-view.js';
import {displayWidth, padEnd, wrapText} from '../text/truncate.js';

type HelpOverlayProps = Room & {
	/** The bindings that work on the screen underneath. */
	readonly bindings: readonly KeyBinding[];
	/** Sentences that explain the screen, below the keys. */
	readonly notes?: readonly string[];
	readonly onClose: () => void;
};

/** What the help does with keys, for the foot while it is open. */
export const helpKeys: readonly KeyBinding[] = [
	{keys: ['up', 'down'], label: 'scroll'},
	{keys: ['pageup', 'pagedown'], label: 'page'},
	{keys: ['escape'], label: 'close'},
];

const anywhere: readonly KeyBinding[] = [
	{keys: ['?', 'f1'], label: 'this help'},
	{keys: ['ctrl+c'], label: 'stop safely'},
];

const minColumnWidth = 30;
const keyGap = 2;

type Labelled = {readonly keys: string; readonly label: string};

const widestOf = (all: readonly Labelled[]): number => Math.max(...all.map(({label}) => displayWidth(label)));

/** The keys in so many columns, one below the other in each. */
const keyLines = (
	all: readonly Labelled[],
	columnCount: number,
	{width, more, style}: {readonly width: number; readonly more: string; readonly style: TextStyle},
): readonly ViewLine[] => {
	const rowCount = Math.ceil(all.length / columnCount);
	const columnWidth = Math.floor((width - 2) / columnCount);
	const keyWidth = Math.max(...all.map(({keys}) => displayWidth(keys))) + keyGap;
	return Array.from({length: rowCount}, (_, row) => [
		{text: '  '},
		...Array.from({length: columnCount}, (_, column) => all[column * rowCount + row]).flatMap((one) => [
			{text: padEnd(one?.keys ?? '', keyWidth), style},
			{text: padEnd(one?.label ?? '', columnWidth - keyWidth, more)},
		]),
	]);
};

/**
 * The keys that work here, made from the very table that acts on them, and what there is to know. Any of `?`, F1, Esc, Enter and
 * q closes it; what has no room is reached with the arrows.
 */
export const HelpOverlay = ({bindings, notes = [], width, rows, onClose}: HelpOverlayProps) => {
	const {glyphs, styles} = useTheme();
	useKeys([{keys: ['?', 'f1', 'escape', 'enter', 'q'], label: 'close', action: onClose}], {
		onText: () => true,
	});
	const all = [...bindings, ...anywhere].map(({keys, label}) => ({
		keys: keys.length === 0 ? '' : labelKeys(keys, glyphs),
		label,
	}));
	const noteLines = notes.flatMap((note): ViewLine[] =>
		wrapText(note, width - 4).map((line) => [{text: `  ${line}`, style: styles.secondary}]),
	);
	const linesIn = (columnCount: number): readonly ViewLine[] => [
		[{text: ' Keys that work here', style: styles.strong}],
		[{text: ''}],
		...keyLines(all, columnCount, {width, more: glyphs.more, style: styles.accent}),
		...(noteLines.length > 0 ? [[{text: ''}]] : []),
		...noteLines,
	];
	// No label is cut: what a key does is said nowhere else.
	const widest = Math.max(...all.map(({keys}) => displayWidth(keys))) + keyGap + widestOf(all) + 1;
	const max = Math.max(1, Math.floor((width - 2) / Math.max(minColumnWidth, widest)));
	const arrangements = Array.from({length: max}, (_, index) => linesIn(index + 1));
	const lines = arrangements.find(({length}) => length <= rows) ?? linesIn(max);
	return <LineView lines={lines} width={width} rows={rows} />;
};
