import {windowTop} from '../hooks/filter-list-state.js';

/**
 * A place in a list that is too long to be looked at as a whole. It stays with its item wherever that moves; without an
 * item it is the first place, so that what is new is seen.
 */
export type RowCursor = {
	readonly id?: string;
	/** Where it was when it was set, and the first row that was in sight. */
	readonly index: number;
	readonly top: number;
};

export const firstRow: RowCursor = {index: 0, top: 0};

/** The list as it is now. */
export type RowsNow = {
	/** Where an item is; nothing where it is not in the list. */
	readonly placeOf: (id: string) => number | undefined;
	readonly idAt: (index: number) => string | undefined;
	readonly total: number;
	/** Rows for items. */
	readonly rows: number;
};

/** The place in focus and the first one in sight. An item that is gone leaves its place to the next. */
export const placeCursor = (
	{id, index: before, top}: RowCursor,
	{placeOf, total, rows}: RowsNow,
): {readonly index: number; readonly top: number} => {
	const found = id === undefined ? 0 : (placeOf(id) ?? before);
	const index = Math.max(0, Math.min(found, total - 1));
	return {index, top: windowTop(top, index, total, rows)};
};

/** The cursor so many rows further down, or up. */
export const moveCursor = (cursor: RowCursor, by: number, now: RowsNow): RowCursor => {
	const {index: from, top} = placeCursor(cursor, now);
	const index = Math.max(0, Math.min(from + by, now.total - 1));
	return {
		id: index === 0 ? undefined : now.idAt(index),
		index,
		top: windowTop(top, index, now.total, now.rows),
	};
};
