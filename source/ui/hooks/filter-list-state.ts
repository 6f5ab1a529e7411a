/** What a list that filters remembers. Items are known by their keys, so they may come, go and change. */
export type FilterListState = {
	readonly filter: string;
	/** Key of the highlighted item. */
	readonly highlighted: string | undefined;
	/** Was it chosen with the arrows? Then it stays while the filter changes; otherwise the best match is highlighted. */
	readonly isPinned: boolean;
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
};

/** @param highlighted key of the item to begin at */
export const initialFilterList = (highlighted?: string): FilterListState => ({
	filter: '',
	highlighted,
	isPinned: highlighted !== undefined,
	top: 0,
});

/** Where the highlight is among the matching keys; the first one when its item is not there. */
export const highlightedIndex = (state: FilterListState, keys: readonly string[]): number =>
	Math.max(0, state.highlighted === undefined ? 0 : keys.indexOf(state.highlighted));

/** First visible row: as before, unless the highlighted row would be out of sight or rows would stay empty. */
export const windowTop = (top: number, index: number, count: number, rows: number): number => {
	const inSight = index < top ? index : index >= top + rows ? index - rows + 1 : top;
	return Math.max(0, Math.min(inSight, count - rows));
};

/** The next state of the list. */
export const reduceFilterList = (
	state: FilterListState,
	action: FilterListAction,
	{keysFor, rows}: FilterListView,
): FilterListState => {
	const refilter = (filter: string): FilterListState => {
		const keys = keysFor(filter);
		const isKept = state.isPinned && state.highlighted !== undefined && keys.includes(state.highlighted);
		// A pinned item that does not match is remembered: it is highlighted again when the filter lets it back in.
		const highlighted = isKept || state.isPinned ? state.highlighted : keys[0];
		const next = {...state, filter, highlighted};
		return {...next, top: windowTop(isKept ? state.top : 0, highlightedIndex(next, keys), keys.length, rows)};
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
			const index = Math.max(0, Math.min(highlightedIndex(state, keys) + action.by, keys.length - 1));
			return {
				...state,
				highlighted: keys[index] ?? state.highlighted,
				isPinned: true,
				top: windowTop(state.top, index, keys.length, rows),
			};
		}

		case 'arrived':
			return {...state, highlighted: state.highlighted ?? keysFor(state.filter)[0]};
	}
};
