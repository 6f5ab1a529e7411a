import {Box} from 'ink';
import {memo, useLayoutEffect, useMemo, useRef, useState} from 'react';
import {useKeys, type KeyBinding} from '../../hooks/use-keys.js';
import {useTheme} from '../../hooks/use-theme.js';
import {type Role} from '../../theme.js';
import {
	highlightedIndex,
	initialFilterList,
	reduceFilterList,
	windowTop,
	type FilterListAction,
} from '../../hooks/filter-list-state.js';
import {matchItems} from './match-score.js';
import {displayWidth, padEnd, truncateEnd, truncateMiddle} from '../text/truncate.js';
import {Text} from '../text/text.js';

/** One column of a list. */
export type ListColumn<T> = {
	/** Head of the column, in capitals. */
	readonly title: string;
	/** Cells; `rest` takes what the others leave. */
	readonly width: number | 'rest';
	readonly textOf: (item: T) => string;
	readonly roleOf?: (item: T) => Role;
	/** Where a text that is too long is cut. */
	readonly cut?: 'end' | 'middle';
};

export type ShownRows<T> = {readonly visible: readonly T[]; readonly highlighted: T | undefined};

type FilterListProps<T> = {
	/** All items, in the order they have without a filter. They may arrive later and change. */
	readonly items: readonly T[];
	/** What tells an item from the others, whatever else of it changes. */
	readonly keyOf: (item: T) => string;
	/** The texts that typing matches, the name first. */
	readonly textsOf: (item: T) => readonly string[];
	readonly columns: readonly ListColumn<T>[];
	/** What the items are, in the plural: "profiles". */
	readonly noun: string;
	/** Cells across. */
	readonly width: number;
	/** Rows altogether: filter, heads, items. */
	readonly rows: number;
	/** Says what to do when nothing matches what is typed. */
	readonly emptyText: string;
	/** Says what to do when there are no items at all. */
	readonly noneText?: string;
	readonly onChoose: (item: T) => void;
	/** Told of the highlighted item whenever a key moves the highlight. */
	readonly onHighlight?: (item: T) => void;
	/** Told of the rows that can be seen, and which of them is highlighted, whenever either changes. */
	readonly onShow?: (shown: ShownRows<T>) => void;
	/** An item made of what is typed: the last, always in sight, and highlighted by itself only where no other matches. */
	readonly ownFor?: (filter: string) => T | undefined;
	/** Told of what is typed. */
	readonly onFilter?: (filter: string) => void;
	/** Key of the item to begin at. */
	readonly initialKey?: string;
	/** Hears keys; false while another part of the screen has the focus. */
	readonly isActive?: boolean;
	/** What stands before the text that is typed. */
	readonly prompt?: string;
	/** Something still going on, shown beside the filter: "loading". */
	readonly status?: string;
};

/** What a list does with keys, for the hint line and the help of the screen it is on. */
export const filterListKeys: readonly KeyBinding[] = [
	{keys: [], label: 'type to filter'},
	{keys: ['up', 'down'], label: 'move'},
	{keys: ['pageup', 'pagedown'], label: 'page', isHidden: true},
	{keys: ['home', 'end'], label: 'first, last', isHidden: true},
	{keys: ['ctrl+u'], label: 'clear filter', isHidden: true},
	{keys: ['enter'], label: 'choose'},
];

const focusWidth = 3;
const gap = 2;

/** The cells of every column; columns that no longer fit are left out from the right. */
export const layoutColumns = (widths: readonly (number | 'rest')[], width: number): readonly number[] => {
	const min = 8;
	for (let count = widths.length; count > 0; count--) {
		const kept = widths.slice(0, count);
		const fixed = kept.reduce<number>((sum, each) => sum + (each === 'rest' ? 0 : each), 0);
		const rests = kept.filter((each) => each === 'rest').length;
		const left = width - fixed - gap * (count - 1);
		if (left < rests * min && count > 1) continue;
		const rest = rests === 0 ? 0 : Math.max(1, Math.floor(left / rests));
		return kept.map((each) => Math.min(each === 'rest' ? rest : each, width));
	}

	return [];
};

type RowProps = {
	readonly isFocused: boolean;
	readonly cells: readonly {readonly text: string; readonly width: number; readonly role: Role}[];
};

const Row = ({isFocused, cells}: RowProps) => {
	const {glyphs, styles} = useTheme();
	return (
		<Box>
			<Text {...styles.accent}>{padEnd(isFocused ? ` ${glyphs.focus}` : '', focusWidth)}</Text>
			{cells.map(({text, width, role}, index) => (
				<Text key={index} {...(isFocused && index === 0 ? styles.accent : styles[role])} wrap="truncate">
					{text + ' '.repeat(Math.max(0, width - displayWidth(text)) + (index < cells.length - 1 ? gap : 0))}
				</Text>
			))}
		</Box>
	);
};

const MemoRow = memo(
	Row,
	(before, after) =>
		before.isFocused === after.isFocused &&
		before.cells.length === after.cells.length &&
		before.cells.every((cell, index) => {
			const other = after.cells[index];
			return cell.text === other?.text && cell.width === other.width && cell.role === other.role;
		}),
);

/**
 * Tells of the rows once for every change of what is seen; items are compared by themselves, not by their keys. Told before anything else
 * happens: no frame says of a row what was true of the one before it.
 */
const useShown = <T,>(shown: ShownRows<T>, onShow: ((shown: ShownRows<T>) => void) | undefined): void => {
	const told = useRef<ShownRows<T>>(undefined);
	useLayoutEffect(() => {
		const before = told.current;
		const isSame =
			before !== undefined &&
			before.highlighted === shown.highlighted &&
			before.visible.length === shown.visible.length &&
			before.visible.every((item, at) => item === shown.visible[at]);
		if (isSame) return;
		told.current = shown;
		onShow?.(shown);
	});
};

/**
 * A list of any length: typing filters at once, only the visible rows are drawn, and the highlighted item stays
 * highlighted while items arrive. Esc clears a filter first; without one it goes on to the screen.
 */
export const FilterList = <T,>({
	items,
	keyOf,
	textsOf,
	columns,
	noun,
	width,
	rows,
	emptyText,
	noneText = emptyText,
	onChoose,
	onHighlight,
	onShow,
	ownFor,
	onFilter,
	initialKey,
	isActive = true,
	prompt: promptWord = 'filter',
	status = '',
}: FilterListProps<T>) => {
	const {glyphs, styles} = useTheme();
	const [state, setState] = useState(() => initialFilterList(initialKey));
	const matchesFor = (filter: string): readonly T[] => {
		const own = ownFor?.(filter.trim());
		const found = matchItems(filter, items, textsOf);
		return own === undefined ? found : [...found, own];
	};
	const found = useMemo(() => matchItems(state.filter, items, textsOf), [state.filter, items, textsOf]);
	const own = useMemo(() => ownFor?.(state.filter.trim()), [state.filter, ownFor]);
	const hasOwn = own !== undefined;
	const matches = useMemo(() => (own === undefined ? found : [...found, own]), [own, found]);
	const keys = useMemo(() => matches.map(keyOf), [matches, keyOf]);
	const listRows = Math.max(1, rows - 2 - (hasOwn ? 1 : 0));
	const hasMore = found.length > listRows;
	const itemRows = hasMore ? Math.max(1, listRows - 1) : listRows;

	const act = (action: FilterListAction): void => {
		const keysFor = (filter: string) => (filter === state.filter ? keys : matchesFor(filter).map(keyOf));
		const hasOwnFor = (filter: string) => ownFor?.(filter.trim()) !== undefined;
		const next = reduceFilterList(state, action, {keysFor, rows: itemRows, hasOwnFor});
		setState(next);
		if (next.filter !== state.filter) onFilter?.(next.filter);
		const highlighted = items.find((item) => keyOf(item) === next.highlighted);
		if (next.highlighted !== state.highlighted && highlighted !== undefined) onHighlight?.(highlighted);
	};

	if (state.highlighted === undefined && keys.length > 0) {
		setState(reduceFilterList(state, {type: 'arrived'}, {keysFor: () => keys, rows: itemRows}));
	}

	const index = highlightedIndex(state, keys, hasOwn);
	const top = windowTop(state.top, index < found.length ? index : state.top, found.length, itemRows);
	const clear = {keys: ['escape'], label: 'clear filter', action: () => act({type: 'cleared'})} as const;
	useKeys(
		[
			{keys: ['up'], label: 'move', action: () => act({type: 'moved', by: -1})},
			{keys: ['down'], label: 'move', action: () => act({type: 'moved', by: 1})},
			{keys: ['pageup'], label: 'page', action: () => act({type: 'moved', by: -itemRows})},
			{keys: ['pagedown'], label: 'page', action: () => act({type: 'moved', by: itemRows})},
			{keys: ['home'], label: 'first', action: () => act({type: 'moved', by: -matches.length})},
			{keys: ['end'], label: 'last', action: () => act({type: 'moved', by: matches.length})},
			{keys: ['backspace', 'delete'], label: 'erase', action: () => act({type: 'erased'})},
			{keys: ['ctrl+u'], label: 'clear filter', action: () => act({type: 'cleared'})},
			{
				keys: ['enter'],
				label: 'choose',
				action() {
					const chosen = matches[index];
					if (chosen !== undefined) onChoose(chosen);
				},
			},
			...(state.filter === '' ? [] : [clear]),
		],
		{
			isActive,
			onText(text) {
				// No name has a question mark: it stays the key for help.
				if (text === '?') return false;
				act({type: 'typed', text});
				return true;
			},
		},
	);

	const cellWidths = layoutColumns(
		columns.map((column) => column.width),
		width - focusWidth,
	);
	const shown = columns.slice(0, cellWidths.length);
	const counted = items.length === 1 ? noun.replace(/s$/, '') : noun;
	const total = items.length === 0 ? `no ${noun} yet` : `${found.length} of ${items.length} ${counted}`;
	const count = `${total}${status === '' ? '' : `  ${status}`}`;
	const prompt = ` ${promptWord} ${glyphs.prompt} `;
	const filterWidth = Math.max(1, width - displayWidth(prompt) - displayWidth(count) - 3);
	const listed = found.slice(top, top + itemRows);
	const visible = own === undefined ? listed : [...listed, own];
	useShown({visible, highlighted: matches[index]}, onShow);
	const rowOf = (item: T, at: number) => (
		<MemoRow
			key={keyOf(item)}
			isFocused={isActive && at === index}
			cells={shown.map(({textOf, roleOf, cut}, column) => {
				const cellWidth = cellWidths[column] ?? 0;
				const truncate = cut === 'middle' ? truncateMiddle : truncateEnd;
				return {
					text: truncate(textOf(item), cellWidth, glyphs.more),
					width: cellWidth,
					role: roleOf?.(item) ?? 'plain',
				};
			})}
		/>
	);
	return (
		<Box flexDirection="column" width={width} height={rows} overflow="hidden">
			<Box justifyContent="space-between">
				<Text wrap="truncate">
					<Text {...styles.secondary}>{prompt}</Text>
					{truncateEnd(state.filter, filterWidth, glyphs.more)}
					{isActive && <Text {...styles.accent}>{glyphs.caret}</Text>}
				</Text>
				<Text {...styles.secondary} wrap="truncate">
					{truncateEnd(count, Math.max(0, width - displayWidth(prompt) - 3), glyphs.more)}{' '}
				</Text>
			</Box>
			<Text {...styles.secondary} wrap="truncate">
				{' '.repeat(focusWidth) +
					shown.map(({title}, at) => padEnd(title, cellWidths[at] ?? 0, '')).join(' '.repeat(gap))}
			</Text>
			{listed.map((item, at) => rowOf(item, top + at))}
			{matches.length === 0 && (
				<Text {...styles.warning} wrap="wrap">
					{'   '}
					{items.length === 0 ? noneText : emptyText}
				</Text>
			)}
			{hasMore && (
				<Text {...styles.secondary} wrap="truncate">
					{'   '}
					{glyphs.more}
					{found.length - listed.length} more
				</Text>
			)}
			{own !== undefined && rowOf(own, found.length)}
		</Box>
	);
};
