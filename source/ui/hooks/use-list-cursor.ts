import {useState} from 'react';
import {windowTop} from './filter-list-state.js';
import {type KeyBinding} from './use-keys.js';

type ListCursorOptions = {
	/** What tells the items from each other, in their order. */
	readonly keys: readonly string[];
	/** Rows for lines. */
	readonly rows: number;
	/** Lines altogether, where there are more than items: heads between them. */
	readonly lineCount?: number;
	/** The line of an item, by its index. */
	readonly lineOf?: (index: number) => number;
	/** The item it begins at; the first by default. */
	readonly firstKey?: string;
	/** Where it is until a key moves it; that may change. */
	readonly restKey?: string;
};

/** A place in a list, and the keys that move it. */
export type ListCursor = {
	/** Index of the item in focus. */
	readonly index: number;
	/** The first line in sight. */
	readonly top: number;
	/** Whether a key has moved it. */
	readonly isMoved: boolean;
	/** It rests no more, and stays with its item. */
	readonly stay: () => void;
	/** The keys that move it. */
	readonly bindings: readonly KeyBinding[];
};

/**
 * The keys that move in a list.
 *
 * @param page lines of a page
 * @param all lines that lead to the other end from anywhere
 */
export const moveKeys = (
	move: (by: number) => () => void,
	page: number,
	all: number,
): readonly KeyBinding[] => [
	{keys: ['up', 'k'], label: 'up', action: move(-1), isHidden: true},
	{keys: ['down', 'j'], label: 'down', action: move(1), isHidden: true},
	{keys: ['pageup'], label: 'page up', action: move(-page), isHidden: true},
	{keys: ['pagedown'], label: 'page down', action: move(page), isHidden: true},
	{keys: ['home', 'g'], label: 'first', action: move(-all), isHidden: true},
	{keys: ['end', 'G'], label: 'last', action: move(all), isHidden: true},
];

/**
 * A place in a list that changes: it stays with its item wherever that moves, except that the first place stays the first,
 * so that what is new is seen.
 */
export const useListCursor = ({
	keys,
	rows,
	lineCount = keys.length,
	lineOf = (index) => index,
	firstKey,
	restKey,
}: ListCursorOptions): ListCursor => {
	const [cursor, setCursor] = useState<{
		readonly key?: string;
		readonly top: number;
		readonly isMoved: boolean;
	}>({key: firstKey, top: 0, isMoved: false});
	const key = cursor.isMoved ? cursor.key : (restKey ?? cursor.key);
	const index = Math.max(0, key === undefined ? 0 : keys.indexOf(key));
	const top = windowTop(cursor.top, lineOf(index), lineCount, rows);
	const move = (by: number) => () => {
		const next = Math.max(0, Math.min(index + by, keys.length - 1));
		setCursor({
			key: next === 0 ? undefined : keys[next],
			top: windowTop(top, lineOf(next), lineCount, rows),
			isMoved: true,
		});
	};

	return {
		index,
		top,
		isMoved: cursor.isMoved,
		stay: () => setCursor({key: index === 0 ? undefined : keys[index], top, isMoved: true}),
		bindings: moveKeys(move, Math.max(1, rows - 1), keys.length),
	};
};
