import {type Entry, lastDelayMs} from './entry.js';
import type {LinkedList} from './linked-list.js';
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
};

/** Which entries, and in which order. */
export type RowChoice = Omit<RowQuery, 'offset' | 'limit'>;

export type RowSource = {
	readonly groups: Groups;
	readonly stateOf: (entry: Entry) => ObjectState;
	/** After the entries' epoch. */
	readonly nowMs: number;
	/** How many there are in all. */
	readonly size: number;
	/** All of them in the order in which they were sent, and in that of their keys. */
	readonly inOrder: () => readonly Entry[];
	readonly byKey: () => readonly Entry[];
};

/** Takes an entry; says whether the next one is wanted as well. */
type Visit = (entry: Entry) => boolean;

/** Visits the entries of a choice in its order, as long as they are wanted. Without generators: each step of one costs more than a look. */
export function visitRows(
	{sort = 'problems', onlyFailed = false}: RowChoice,
	source: RowSource,
	visit: Visit,
): void {
	if (onlyFailed) backward(source.groups.failed, visit);
	else orders[sort](source, visit);
}

/** Test files are sent in the order of their names: what is nearly sorted is sorted quickly. */
export function inKeyOrder(entries: Iterable<Entry>): readonly Entry[] {
	return [...entries].sort((left, right) => (left.key < right.key ? -1 : 1));
}

/** Each says whether all of them were visited. */
const orders: Readonly<Record<RowSort, (source: RowSource, visit: Visit) => boolean>> = {
	problems({groups, stateOf}, visit) {
		if (!backward(groups.failed, visit) || !backward(groups.unseen, visit)) return false;
		let firstYoung = groups.open.first;
		// The oldest come first in their group, so that the slow ones are together.
		while (firstYoung && stateOf(firstYoung) === 'slow') {
			if (!visit(firstYoung)) return false;
			firstYoung = firstYoung.after;
		}

		return (
			backward(groups.uploading, visit) &&
			(!firstYoung || backward(groups.open, visit, firstYoung)) &&
			backward(groups.settled, visit)
		);
	},
	newest({inOrder}, visit) {
		const entries = inOrder();
		for (let index = entries.length - 1; index >= 0; index--) {
			if (!visit(entries[index] as Entry)) return false;
		}

		return true;
	},
	slowest({groups, nowMs}, visit) {
		const settled: Array<{readonly entry: Entry; readonly delayMs: number}> = [];
		for (let entry = groups.settled.first; entry; entry = entry.after)
			settled.push({entry, delayMs: lastDelayMs(entry) ?? -1});
		settled.sort((left, right) => right.delayMs - left.delayMs);
		const ageOf = (entry: Entry | undefined): number =>
			entry ? nowMs - (entry.uploadedMs ?? nowMs) : -Infinity;
		let {first: unseen} = groups.unseen;
		let {first: open} = groups.open;
		let unseenMs = ageOf(unseen);
		let openMs = ageOf(open);
		let next = 0;
		for (;;) {
			// Of three sorted lists, the one whose head has waited longest.
			const head = settled[next];
			const headMs = head?.delayMs ?? -Infinity;
			if (unseen && unseenMs >= openMs && unseenMs > headMs) {
				if (!visit(unseen)) return false;
				unseen = unseen.after;
				unseenMs = ageOf(unseen);
			} else if (open && openMs > headMs) {
				if (!visit(open)) return false;
				open = open.after;
				openMs = ageOf(open);
			} else if (head) {
				if (!visit(head.entry)) return false;
				next++;
			} else break;
			// With nothing to compare with, the rest comes as it stands.
			if (!unseen && next >= settled.length) break;
		}

		for (; open; open = open.after) if (!visit(open)) return false;
		return backward(groups.uploading, visit) && backward(groups.failed, visit);
	},
	key: ({byKey}, visit) => byKey().every(visit),
};

/** From the last one back to the first, or to the one given. Says whether all of them were visited. */
function backward(list: LinkedList<Entry>, visit: Visit, until?: Entry): boolean {
	for (let entry = list.last; entry; entry = entry.before) {
		if (!visit(entry)) return false;
		if (entry === until) break;
	}

	return true;
}
