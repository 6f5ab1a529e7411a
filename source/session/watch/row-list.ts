import {type Entry, type EntryFrame, snapshotOf} from './entry.js';
import {type RowChoice, type RowSource, visitRows} from './rows.js';
import type {RowQuery} from './watch-view.js';
import type {ObjectState, WatchedObject} from './watched-object.js';

/** The list of a watch, as a screen asks for it: several questions a frame. */
type RowList = {
	/** The entries of a window and how many there are in all. Without a filter it walks as far as the window reaches. */
	readonly windowOf: (
		query: RowQuery,
		source: RowSource,
		revision: number,
	) => {readonly entries: readonly Entry[]; readonly total: number};
	/** Where an entry is in the list that a query gives, from 0; nothing where it is not in it. */
	readonly placeOf: (
		wanted: Entry,
		choice: RowChoice,
		source: RowSource,
		revision: number,
	) => number | undefined;
};

/** A filter walks through all entries; what it found is kept until one of them, the question or the time is another. */
export function createRowList(): RowList {
	const filter = createEntryFilter();
	let found: readonly Entry[] = [];
	let foundFor = '';

	function filtered(choice: RowChoice, source: RowSource, revision: number): readonly Entry[] | undefined {
		const isWanted = filter.of(choice.filter, source.stateOf);
		if (!isWanted) return undefined;
		const {sort, onlyFailed} = choice;
		const asked = JSON.stringify([revision, source.nowMs, sort, onlyFailed, choice.filter]);
		if (asked === foundFor) return found;
		const entries: Entry[] = [];
		visitRows(choice, source, (entry) => {
			if (isWanted(entry)) entries.push(entry);
			return true;
		});
		found = entries;
		foundFor = asked;
		return found;
	}

	return {
		windowOf(query, source, revision) {
			const {offset, limit, onlyFailed} = query;
			const matching = filtered(query, source, revision);
			if (matching) return {entries: matching.slice(offset, offset + limit), total: matching.length};
			const entries: Entry[] = [];
			let index = 0;
			if (limit > 0) {
				visitRows(query, source, (entry) => {
					if (index >= offset) entries.push(entry);
					return ++index < offset + limit;
				});
			}

			return {entries, total: onlyFailed ? source.groups.failed.size : source.size};
		},
		placeOf(wanted, choice, source, revision) {
			const matching = filtered(choice, source, revision);
			if (matching) {
				const place = matching.indexOf(wanted);
				return place < 0 ? undefined : place;
			}

			let place = 0;
			let isFound = false;
			visitRows(choice, source, (entry) => {
				isFound = entry === wanted;
				if (!isFound) place++;
				return !isFound;
			});
			return isFound ? place : undefined;
		},
	};
}

const states: readonly ObjectState[] = [
	'uploading',
	'pending',
	'slow',
	'unseen',
	'failed',
	'replicated',
	'deletedAtSource',
	'unmatched',
];

/** Says of entries whether a filter asks for them. */
type EntryFilter = {
	/** The function for a text, by key, version id or state; nothing where all are asked for. */
	readonly of: (
		text: string | undefined,
		stateOf: (entry: Entry) => ObjectState,
	) => ((entry: Entry) => boolean) | undefined;
};

/** Reads each entry's texts once for a filter, and keeps what came of it at the entry: lists are asked for ten times a second. */
function createEntryFilter(): EntryFilter {
	let wanted = '';
	let mark = 0;
	let part = /$/;
	let wantedStates: ReadonlySet<ObjectState> = new Set();

	function change(text: string): void {
		wanted = text;
		mark++;
		// Makes no new text of each key, as turning ten thousand of them into lower case would.
		part = new RegExp(text.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`), 'i');
		wantedStates = new Set(states.filter((state) => state.toLowerCase().startsWith(text)));
	}

	function isTextWanted(entry: Entry): boolean {
		if (entry.filterMark !== mark && entry.filterMark !== -mark) {
			const isFound = part.test(entry.key) || (entry.versionId?.toLowerCase().startsWith(wanted) ?? false);
			entry.filterMark = isFound ? mark : -mark;
		}

		return entry.filterMark === mark;
	}

	return {
		of(text, stateOf) {
			const asked = text?.trim().toLowerCase() ?? '';
			if (asked === '') return undefined;
			if (asked !== wanted) change(asked);
			if (wantedStates.size === 0) return isTextWanted;
			return (entry) => wantedStates.has(stateOf(entry)) || isTextWanted(entry);
		},
	};
}

/** The rows that were given to look at last: the same value is given again while nothing of it has changed. */
type ShownRows = {
	/** These are looked at now. */
	readonly show: (
		entries: readonly Entry[],
		stateOf: (entry: Entry) => ObjectState,
		frame: EntryFrame,
	) => readonly WatchedObject[];
	/** The entry has changed. */
	readonly forget: (entry: Entry) => void;
	/** What is known of all has changed. */
	readonly forgetAll: () => void;
};

/** Kept apart from the entries: a screen shows some twenty of ten thousand. */
export function createShownRows(): ShownRows {
	let shown = new Map<Entry, WatchedObject>();
	return {
		show(entries, stateOf, frame) {
			const before = shown;
			shown = new Map(
				entries.map((entry) => {
					const state = stateOf(entry);
					const existing = before.get(entry);
					return [entry, existing?.state === state ? existing : snapshotOf(entry, state, frame)];
				}),
			);
			return [...shown.values()];
		},
		forget(entry) {
			shown.delete(entry);
		},
		forgetAll() {
			shown = new Map();
		},
	};
}
