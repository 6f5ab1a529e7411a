/** What a list that filters remembers. Items are known by their keys, so they may come, go and change. */
export type FilterListState = {
	readonly filter: string;
	/** Key of the highlighted item. */
	readonly highlighted: string | undefined;
	/** Was it chosen with the arrows? Then it stays while the filter changes; otherwise the best match is highlighted. */
	readonly isPinned: boolean;
	/** Key of the item to rest at while nothing is typed and no arrow was pressed. */
	readonly home: string | undefined;
	/** Index of the first visible row among the matches. */
	readonly top: number;
};

export type FilterListAction =
	| {readonly type: 'typed'; readonly text: string}
	| {readonly type: 'erased'}
	| {readonly type: 'cleared'}
	| {readonly type: 'moved'; readonly by: number}
	/** Something must be highlighted for the first time. */
	| {readonly type: 'arrived'};

/** What the list shows now. */
type FilterListView = {
	/** Keys that match a filter, best first. */
	readonly keysFor: (filter: string) => readonly string[];
	/** Rows for items. */
	readonly rows: number;
	/** Is the last key for a filter made of what is typed? It is always in sight, and has no part in the window. */
	readonly hasOwnFor?: (filter: string) => boolean;
};

/** @param home key of the item to begin at */
export const initialFilterList = (home?: string): FilterListState => ({
	filter: '',
	highlighted: home,
	isPinned: false,
	home,
	top: 0,
});

/**
 * Where the highlight is among the matching keys. What the arrows chose stays; else the best match of what is typed, also
 * while items arrive; else the item to begin at, which is the one made of its name where no item has that name.
 *
 * @param hasOwn is the last key made of what is typed?
 */
export const highlightedIndex = (
	{filter, highlighted, isPinned}: FilterListState,
	keys: readonly string[],
	hasOwn = false,
): number => {
	if (!isPinned && filter !== '') return 0;
	const at = highlighted === undefined ? 0 : keys.indexOf(highlighted);
	return at >= 0 ? at : !isPinned && hasOwn ? keys.length - 1 : 0;
};

/** First visible row: as before, unless the highlighted row would be out of sight or rows would stay empty. */
export const windowTop = (top: number, index: number, count: number, rows: number): number => {
	const inSight = index < top ? index : index >= top + rows ? index - rows + 1 : top;
	return Math.max(0, Math.min(inSight, count - rows));
};

/** The next state of the list. */
export const reduceFilterList = (
	state: FilterListState,
	action: FilterListAction,
	{keysFor, rows, hasOwnFor = () => false}: FilterListView,
): FilterListState => {
	const topFor = (top: number, index: number, count: number, hasOwn: boolean): number => {
		const listed = hasOwn ? count - 1 : count;
		return index >= listed ? Math.max(0, Math.min(top, listed - rows)) : windowTop(top, index, listed, rows);
	};

	const refilter = (filter: string): FilterListState => {
		const keys = keysFor(filter);
		const hasOwn = hasOwnFor(filter);
		const isKept = state.isPinned && state.highlighted !== undefined && keys.includes(state.highlighted);
		const best = filter === '' ? (state.home ?? keys[0]) : keys[0];
		// A pinned item that does not match is remembered: it is highlighted again when the filter lets it back in.
		const highlighted = state.isPinned ? state.highlighted : best;
		const next = {...state, filter, highlighted};
		const index = highlightedIndex(next, keys, hasOwn);
		return {...next, top: topFor(isKept ? state.top : 0, index, keys.length, hasOwn)};
	};

	switch (action.type) {
		case 'typed':
			return refilter(state.filter + action.text);
		case 'erased':
			return refilter([...state.filter].slice(0, -1).join(''));
		case 'cleared':
			return refilter('');
		case 'moved': {
			const keys = keysFor(state.filter);
			const hasOwn = hasOwnFor(state.filter);
			const from = highlightedIndex(state, keys, hasOwn);
			const index = Math.max(0, Math.min(from + action.by, keys.length - 1));
			return {
				...state,
				highlighted: keys[index] ?? state.highlighted,
				isPinned: true,
				top: topFor(state.top, index, keys.length, hasOwn),
			};
		}

		case 'arrived': {
			const home = state.home ?? keysFor(state.filter)[0];
			return {...state, home, highlighted: state.highlighted ?? home};
		}
	}
};
