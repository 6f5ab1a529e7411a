import {createDelayHistogram, type DelayHistogram} from '../../domain/delay-histogram.js';
import {type Entry, type EntryState, snapshotOf, timelineOf} from './entry.js';
import {createLinkedList, type LinkedList} from './linked-list.js';
import {type Groups, inKeyOrder} from './rows.js';
import type {OpenSettledFile, SettledFile} from './settled-file.js';
import {newTally, type Tally} from './tally.js';
import type {WatchedObject} from './watched-object.js';

/** A destination, and what has become of the objects there. */
export type Destination = {
	readonly bucket: string;
	readonly region: string | undefined;
	isObserved: boolean;
	replicated: number;
	replicatedBytes: number;
	failed: number;
	pending: number;
	readonly delays: DelayHistogram;
};

export type ObjectBookOptions = {
	/** Where settled objects go but the last ones; absent: nowhere. */
	readonly openSettledFile?: OpenSettledFile;
	/** How many settled objects stay in memory. */
	readonly settledInMemory?: number;
};

/** The objects of a watch, and everything that counts them: whatever changes one goes through here. */
export type ObjectBook = {
	readonly destinations: readonly Destination[];
	readonly buckets: readonly string[];
	readonly groups: Groups;
	readonly ours: Tally;
	readonly others: Tally;
	readonly lostCount: number;
	get(key: string): Entry | undefined;
	/** The object, if this is its newest version. */
	versionOf(key: string, versionId: string | null): Entry | undefined;
	hasArrivedEverywhere(entry: Entry): boolean;
	add(entry: Entry): void;
	drop(entry: Entry): void;
	change(entry: Entry, how: (entry: Entry) => void): void;
	/** An object begins anew: it is the newest then. */
	restart(entry: Entry, how: (entry: Entry) => void): void;
	/** What counts as arrived depends on whether a destination is looked at. */
	observe(index: number, isObserved: boolean): void;
	/** Forgets everything; these are the destinations now. */
	begin(destinations: ReadonlyArray<{readonly bucket: string; readonly region?: string}>): void;
	/** In the order of their keys. */
	byKey(): readonly Entry[];
	/** The settled ones from their file, then those in memory. */
	everyObject(): AsyncIterable<WatchedObject>;
	/** Removes the file of the settled objects. */
	close(): void;
};

const groupOf: Readonly<Record<EntryState, Exclude<keyof Groups, 'all'>>> = {
	uploading: 'uploading',
	pending: 'open',
	unseen: 'unseen',
	failed: 'failed',
	replicated: 'settled',
	vanished: 'settled',
	untaken: 'settled',
};

export function createObjectBook(
	{openSettledFile, settledInMemory = 1000}: ObjectBookOptions,
	changed: () => void,
): ObjectBook {
	let file: SettledFile | undefined;
	let lostCount = 0;
	let destinations: Destination[] = [];
	let buckets: readonly string[] = [];
	let entries = new Map<string, Entry>();
	let groups = newGroups();
	let ours = newTally();
	let others = newTally();
	/** In the order of the keys, until one is added or taken away. */
	let byKey: readonly Entry[] | undefined;

	/** Adds what an entry counts for, or takes it away before the entry changes. */
	function account(entry: Entry, sign: 1 | -1): void {
		const tally = entry.isOurs ? ours : others;
		const {state, sizeBytes, arrivals} = entry;
		tally.objects[state] += sign;
		tally.bytes[state] += sign * sizeBytes;
		if (state === 'failed' && entry.versionId === undefined) tally.neverUploaded += sign;
		const byStatus = arrivals[destinations.length];
		for (const [index, destination] of destinations.entries()) {
			const arrival = arrivals[index] ?? (destination.isObserved ? undefined : byStatus);
			if (arrival) {
				destination.replicated += sign;
				destination.replicatedBytes += sign * sizeBytes;
			} else if (state === 'failed') destination.failed += sign;
			else if (state === 'pending' || state === 'unseen') destination.pending += sign;
		}
	}

	/** Changes an entry, and everything that counts it. */
	function change(entry: Entry, how: (entry: Entry) => void): void {
		account(entry, -1);
		const group = groupOf[entry.state];
		const {versionId} = entry;
		how(entry);
		if (entry.versionId !== versionId) entry.filterMark = 0;
		entry.snapshot = undefined;
		account(entry, 1);
		if (groupOf[entry.state] !== group) moveTo(groupOf[entry.state], entry, group);
		changed();
	}

	function moveTo(group: keyof Groups, entry: Entry, from?: keyof Groups): void {
		if (from && entry.groupPlace) groups[from].remove(entry.groupPlace);
		entry.groupPlace = groups[group].append(entry);
		if (group !== 'settled') return;
		while (groups.settled.size > settledInMemory) putAway(groups.settled);
	}

	/** Takes the object that was settled first out of memory. */
	function putAway(settled: LinkedList<Entry>): void {
		const place = settled.first;
		if (!place) return;
		const {value: entry} = place;
		byKey = undefined;
		settled.remove(place);
		if (entry.allPlace) groups.all.remove(entry.allPlace);
		if (entries.get(entry.key) === entry) entries.delete(entry.key);
		try {
			file ??= openSettledFile?.();
			if (file) file.append(JSON.stringify(snapshotOf(entry, entry.state, buckets)));
			else lostCount++;
		} catch {
			// A full disk is no reason to stop watching; the export says what is missing.
			lostCount++;
		}
	}

	function add(entry: Entry): void {
		byKey = undefined;
		entries.set(entry.key, entry);
		entry.allPlace = groups.all.append(entry);
		account(entry, 1);
		moveTo(groupOf[entry.state], entry);
		changed();
	}

	function drop(entry: Entry): void {
		byKey = undefined;
		account(entry, -1);
		if (entry.groupPlace) groups[groupOf[entry.state]].remove(entry.groupPlace);
		if (entry.allPlace) groups.all.remove(entry.allPlace);
		if (entries.get(entry.key) === entry) entries.delete(entry.key);
	}

	/** An object begins anew: it is the newest then. */
	function restart(entry: Entry, how: (entry: Entry) => void): void {
		if (entry.allPlace) groups.all.remove(entry.allPlace);
		entry.allPlace = groups.all.append(entry);
		change(entry, (one) => {
			one.timeline = timelineOf(one);
			one.hasWholeTimeline = true;
			one.arrivals = [];
			one.status = undefined;
			one.problem = undefined;
			how(one);
		});
		// One that was open already comes last among them as well: they stand in the order of their upload.
		const group = groupOf[entry.state];
		moveTo(group, entry, group);
	}

	function versionOf(key: string, versionId: string | null): Entry | undefined {
		const entry = entries.get(key);
		return entry && entry.versionId === (versionId ?? undefined) ? entry : undefined;
	}

	function hasArrivedEverywhere({arrivals}: Entry): boolean {
		const byStatus = arrivals[destinations.length] !== undefined;
		return destinations.every(({isObserved}, index) =>
			isObserved ? arrivals[index] !== undefined : byStatus,
		);
	}

	/** What counts as arrived depends on whether a destination is looked at. */
	function observe(index: number, isObserved: boolean): void {
		const destination = destinations[index];
		if (!destination || destination.isObserved === isObserved) return;
		for (const entry of entries.values()) account(entry, -1);
		destination.isObserved = isObserved;
		for (const entry of entries.values()) account(entry, 1);
	}

	return {
		get destinations() {
			return destinations;
		},
		get buckets() {
			return buckets;
		},
		get groups() {
			return groups;
		},
		get ours() {
			return ours;
		},
		get others() {
			return others;
		},
		get lostCount() {
			return lostCount;
		},
		get: (key) => entries.get(key),
		versionOf,
		hasArrivedEverywhere,
		add,
		drop,
		change,
		restart,
		observe,
		begin(given) {
			buckets = given.map(({bucket}) => bucket);
			destinations = given.map(({bucket, region}) => ({
				bucket,
				region,
				isObserved: region !== undefined,
				replicated: 0,
				replicatedBytes: 0,
				failed: 0,
				pending: 0,
				delays: createDelayHistogram(),
			}));
			entries = new Map();
			byKey = undefined;
			groups = newGroups();
			ours = newTally();
			others = newTally();
		},
		byKey: () => (byKey ??= inKeyOrder(entries.values())),
		async *everyObject() {
			if (file) for await (const line of file.lines()) yield JSON.parse(line) as WatchedObject;
			for (let place = groups.all.first; place; place = place.after)
				yield snapshotOf(place.value, place.value.state, buckets);
		},
		close() {
			file?.remove();
			file = undefined;
		},
	};
}

function newGroups(): Groups {
	return {
		uploading: createLinkedList(),
		open: createLinkedList(),
		unseen: createLinkedList(),
		failed: createLinkedList(),
		settled: createLinkedList(),
		all: createLinkedList(),
	};
}
