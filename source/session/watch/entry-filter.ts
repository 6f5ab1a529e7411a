import type {Entry} from './entry.js';
import type {ObjectState} from './watched-object.js';

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
export function createEntryFilter(): EntryFilter {
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
