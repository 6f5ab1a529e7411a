import type {Entry} from './entry.js';
import {createEntryFilter} from './entry-filter.js';
import {type RowChoice, type RowSource, visitRows} from './rows.js';
import type {RowQuery} from './watch-view.js';

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
