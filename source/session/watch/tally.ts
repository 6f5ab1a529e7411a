import type {EntryState} from './entry.js';

/** How many objects are in each state, and their bytes. */
export type Tally = {
	readonly objects: Record<EntryState, number>;
	readonly bytes: Record<EntryState, number>;
	/** Failed ones that could not even be uploaded. */
	neverUploaded: number;
};

export function newTally(): Tally {
	return {objects: none(), bytes: none(), neverUploaded: 0};
}

function none(): Record<EntryState, number> {
	return {
		...{uploading: 0, pending: 0, unseen: 0, failed: 0, replicated: 0},
		...{deletedAtSource: 0, unmatched: 0, deleteMarker: 0},
	};
}
