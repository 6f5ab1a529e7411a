import {type Entry, lastDelayMs} from './entry.js';
import type {LinkedList, ListPlace} from './linked-list.js';
import type {ObjectState} from './watched-object.js';
import type {RowQuery, RowSort} from './watch-view.js';

/** The entries by what is to come of them, each group in the order in which they came into it. */
export type Groups = {
	readonly uploading: LinkedList<Entry>;
	/** Pending, in the order of their upload. */
	readonly open: LinkedList<Entry>;
	readonly unseen: LinkedList<Entry>;
	readonly failed: LinkedList<Entry>;
	/** The last that have come to an end. */
	readonly settled: LinkedList<Entry>;
	/** Every one of them, in the order in which they were sent. */
	readonly all: LinkedList<Entry>;
};

export type RowSource = {
	readonly groups: Groups;
	readonly stateOf: (entry: Entry) => ObjectState;
	readonly nowMs: number;
	/** All of them in the order of their keys. */
	readonly byKey: () => readonly Entry[];
};

/** The entries of a window and how many there are in all. Walks as far as the window reaches; a filter walks through all. */
export function windowOf(
	{filter, sort = 'problems', onlyFailed = false, offset, limit}: RowQuery,
	source: RowSource,
): {readonly entries: readonly Entry[]; readonly total: number} {
	const {groups, stateOf} = source;
	const isWanted = matcherOf(filter, stateOf);
	const ordered = onlyFailed ? backward(groups.failed) : orders[sort](source);
	const entries: Entry[] = [];
	if (!isWanted) {
		const total = onlyFailed ? groups.failed.size : groups.all.size;
		let index = 0;
		for (const entry of ordered) {
			if (index >= offset + limit) break;
			if (index >= offset) entries.push(entry);
			index++;
		}

		return {entries, total};
	}

	let total = 0;
	for (const entry of ordered) {
		if (!isWanted(entry)) continue;
		if (total >= offset && entries.length < limit) entries.push(entry);
		total++;
	}

	return {entries, total};
}

/** Where an entry is in the list that a query gives, from 0; nothing where it is not in it. */
export function placeOf(
	wantedEntry: Entry,
	{filter, sort = 'problems', onlyFailed = false}: Omit<RowQuery, 'offset' | 'limit'>,
	source: RowSource,
): number | undefined {
	const {groups, stateOf} = source;
	const isWanted = matcherOf(filter, stateOf);
	let place = 0;
	for (const entry of onlyFailed ? backward(groups.failed) : orders[sort](source)) {
		if (isWanted && !isWanted(entry)) continue;
		if (entry === wantedEntry) return place;
		place++;
	}

	return undefined;
}

/** Test files are sent in the order of their names: what is nearly sorted is sorted quickly. */
export function inKeyOrder(entries: Iterable<Entry>): readonly Entry[] {
	return [...entries].sort((left, right) => (left.key < right.key ? -1 : 1));
}

/** Says of an entry whether it is asked for; nothing where all are. */
function matcherOf(
	filter: string | undefined,
	stateOf: RowSource['stateOf'],
): ((entry: Entry) => boolean) | undefined {
	const wanted = filter?.trim().toLowerCase() ?? '';
	if (wanted === '') return undefined;
	// Makes no new text of each key, as turning ten thousand of them into lower case would.
	const part = new RegExp(wanted.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`), 'i');
	return (entry) =>
		part.test(entry.key) ||
		stateOf(entry).startsWith(wanted) ||
		(entry.versionId?.toLowerCase().startsWith(wanted) ?? false);
}

const orders: Readonly<Record<RowSort, (source: RowSource) => Iterable<Entry>>> = {
	*problems({groups, stateOf}) {
		yield* backward(groups.failed);
		yield* backward(groups.unseen);
		let firstYoung = groups.open.first;
		// The oldest come first in their group, so that the slow ones are together.
		while (firstYoung && stateOf(firstYoung.value) === 'slow') {
			yield firstYoung.value;
			firstYoung = firstYoung.after;
		}

		yield* backward(groups.uploading);
		if (firstYoung) yield* backward(groups.open, firstYoung);
		yield* backward(groups.settled);
	},
	newest: ({groups}) => backward(groups.all),
	*slowest({groups, nowMs}) {
		const settled = [...forward(groups.settled)]
			.map((entry) => ({entry, delayMs: lastDelayMs(entry) ?? -1}))
			.sort((left, right) => right.delayMs - left.delayMs);
		const waiting = [groups.unseen, groups.open].map((list) => list.first);
		let next = 0;
		for (;;) {
			// Of three sorted lists, the one whose head has waited longest.
			let longest = settled[next]?.delayMs ?? -Infinity;
			let from = -1;
			for (const [index, place] of waiting.entries()) {
				const ageMs = place ? nowMs - (place.value.uploadedAt ?? nowMs) : -Infinity;
				if (ageMs <= longest && (from >= 0 || next < settled.length || !place)) continue;
				longest = ageMs;
				from = index;
			}

			const place = waiting[from];
			if (place) {
				yield place.value;
				waiting[from] = place.after;
			} else {
				const entry = settled[next++]?.entry;
				if (!entry) break;
				yield entry;
			}
		}

		yield* backward(groups.uploading);
		yield* backward(groups.failed);
	},
	key: ({byKey}) => byKey(),
};

function* forward(list: LinkedList<Entry>): Generator<Entry, void> {
	for (let place = list.first; place; place = place.after) yield place.value;
}

/** From the last one back to the first, or to the one given. */
function* backward(list: LinkedList<Entry>, until?: ListPlace<Entry>): Generator<Entry, void> {
	for (let place = list.last; place; place = place.before) {
		yield place.value;
		if (place === until) return;
	}
}
