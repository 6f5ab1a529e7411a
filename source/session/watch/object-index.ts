import {
	type Entry,
	type EntryFrame,
	type EntryState,
	idOf,
	none,
	type Origin,
	snapshotOf,
	timelineOf,
} from './entry.js';
import {createKnownCauses} from './known-causes.js';
import {createLinkedList} from './linked-list.js';
import {createObjectCounter, type ObjectCounter} from './object-counts.js';
import {type Groups, inKeyOrder} from './rows.js';
import {createSettledArchive, type OpenSettledFile} from './settled-archive.js';
import type {WatchedObject} from './watched-object.js';

export type ObjectIndexOptions = {
	/** Where settled objects go but the last ones; absent: nowhere. */
	readonly openSettledFile?: OpenSettledFile;
	/** How many settled objects stay in memory. */
	readonly settledInMemory?: number;
};

/** The objects of a watch, and everything that counts them: whatever changes one goes through here. */
export type ObjectIndex = {
	/** What counts them. */
	readonly counter: Omit<ObjectCounter, 'count'>;
	readonly frame: EntryFrame;
	readonly groups: Groups;
	readonly lostCount: number;
	/** How many are in memory. */
	readonly size: number;
	/** The one value for all of one writer and one way. */
	readonly originOf: (isOurs: boolean, way: number) => Origin;
	/** By its key; a delete marker by its own id. */
	readonly get: (id: string) => Entry | undefined;
	/** The object, if this is its newest version. */
	readonly versionOf: (key: string, versionId: string | null) => Entry | undefined;
	readonly add: (entry: Entry) => void;
	readonly drop: (entry: Entry) => void;
	readonly change: (entry: Entry, how: (entry: Entry) => void) => void;
	/** An object begins anew: it is the newest then. */
	readonly restart: (entry: Entry, how: (entry: Entry) => void) => void;
	/** What counts as arrived depends on whether a destination is looked at. */
	readonly observe: (index: number, isObserved: boolean) => void;
	/** Forgets everything; these are the destinations now, and from then on time is told. */
	readonly begin: (
		destinations: ReadonlyArray<{readonly bucket: string; readonly region?: string}>,
		epochMs: number,
		homes?: readonly string[],
	) => void;
	/** The destinations that lead back are these now, those that did before in their order. */
	readonly leadBack: (homes: readonly string[]) => void;
	/** In the order in which they were sent. */
	readonly inOrder: () => readonly Entry[];
	/** In the order of their keys. */
	readonly byKey: () => readonly Entry[];
	/** Every one there is now, once: the settled ones from their file, then those in memory. What becomes of them meanwhile is not in it. */
	readonly everyObject: () => AsyncIterable<WatchedObject>;
	/** Removes the file of the settled objects. */
	readonly close: () => void;
};

const groupOf: Readonly<Record<EntryState, keyof Groups>> = {
	uploading: 'uploading',
	pending: 'open',
	unseen: 'unseen',
	failed: 'failed',
	replicated: 'settled',
	deletedAtSource: 'settled',
	unmatched: 'settled',
	deleteMarker: 'settled',
};

export function createObjectIndex(
	{openSettledFile, settledInMemory = 1000}: ObjectIndexOptions,
	/** Told of every change, and of the entry that has changed. */
	changed: (entry: Entry) => void,
): ObjectIndex {
	const archive = createSettledArchive(openSettledFile);
	let counter = createObjectCounter([]);
	let frame: EntryFrame = {buckets: [], homes: [], epochMs: 0, causes: createKnownCauses()};
	/** In the order in which they were sent. */
	let entries = new Map<string, Entry>();
	let groups = newGroups();
	const origins = new Map<string, Origin>();
	/** The same as lists, until one is added, taken away or begins anew. */
	let inOrder: readonly Entry[] | undefined;
	let byKey: readonly Entry[] | undefined;

	function put(entry: Entry): void {
		// Also one that is there already comes last.
		const id = idOf(entry);
		entries.delete(id);
		entries.set(id, entry);
		inOrder = undefined;
	}

	function take(entry: Entry): void {
		entries.delete(idOf(entry));
		inOrder = undefined;
		byKey = undefined;
	}

	/** Puts an entry last into the group of its state, and out of memory whoever was settled first when there are too many of them. */
	function join(entry: Entry): void {
		const group = groupOf[entry.state];
		groups[group].append(entry);
		while (group === 'settled' && groups.settled.size > settledInMemory)
			putAway(groups.settled.first as Entry);
	}

	function putAway(entry: Entry): void {
		groups.settled.remove(entry);
		take(entry);
		archive.add(snapshotOf(entry, entry.state, frame));
	}

	/** Changes an entry, and everything that counts it. `isLast`: it comes last in its group even where that is the same one. */
	function change(entry: Entry, how: (entry: Entry) => void, isLast = false): void {
		counter.count(entry, -1);
		const group = groupOf[entry.state];
		const {versionId} = entry;
		how(entry);
		if (entry.versionId !== versionId) entry.filterMark = 0;
		counter.count(entry, 1);
		if (isLast || groupOf[entry.state] !== group) {
			groups[group].remove(entry);
			join(entry);
		}

		changed(entry);
	}

	return {
		get counter() {
			return counter;
		},
		get frame() {
			return frame;
		},
		get groups() {
			return groups;
		},
		get lostCount() {
			return archive.lostCount;
		},
		get size() {
			return entries.size;
		},
		originOf(isOurs, way) {
			const id = `${isOurs} ${way}`;
			const origin = origins.get(id) ?? {isOurs, way};
			origins.set(id, origin);
			return origin;
		},
		get: (id) => entries.get(id),
		versionOf(key, versionId) {
			const entry = entries.get(key);
			return entry && entry.versionId === (versionId ?? undefined) ? entry : undefined;
		},
		add(entry) {
			put(entry);
			byKey = undefined;
			counter.count(entry, 1);
			join(entry);
			changed(entry);
		},
		drop(entry) {
			counter.count(entry, -1);
			groups[groupOf[entry.state]].remove(entry);
			take(entry);
		},
		change: (entry, how) => change(entry, how),
		restart(entry, how) {
			put(entry);
			change(
				entry,
				(one) => {
					one.timeline = timelineOf(one, frame);
					one.arrivals = none;
					one.uploadedMs = undefined;
					how(one);
				},
				// The open ones stand in the order of their upload.
				true,
			);
		},
		observe(index, isObserved) {
			const destination = counter.destinations[index];
			if (!destination || destination.isObserved === isObserved) return;
			for (const entry of entries.values()) counter.count(entry, -1);
			destination.isObserved = isObserved;
			for (const entry of entries.values()) counter.count(entry, 1);
		},
		begin(given, epochMs, homes = []) {
			counter = createObjectCounter(given, homes.length > 0);
			frame = {buckets: given.map(({bucket}) => bucket), homes, epochMs, causes: createKnownCauses()};
			entries = new Map();
			inOrder = undefined;
			byKey = undefined;
			groups = newGroups();
		},
		leadBack(homes) {
			frame = {...frame, homes};
		},
		inOrder: () => (inOrder ??= [...entries.values()]),
		byKey: () => (byKey ??= inKeyOrder(entries.values())),
		async *everyObject() {
			const begunWith = frame;
			const existing = [...entries.values()];
			yield* archive.objects();
			for (const entry of existing) yield snapshotOf(entry, entry.state, begunWith);
		},
		close: () => archive.close(),
	};
}

function newGroups(): Groups {
	return {
		uploading: createLinkedList(),
		open: createLinkedList(),
		unseen: createLinkedList(),
		failed: createLinkedList(),
		settled: createLinkedList(),
	};
}
