import {type Entry, type EntryFrame, snapshotOf} from './entry.js';
import type {ObjectState, WatchedObject} from './watched-object.js';

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
