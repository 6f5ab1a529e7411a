import type {RunEvent} from '../../domain/event.js';

/** Which files have failed and were not sent again since. */
type FailedKeys = {
	readonly note: (event: RunEvent) => void;
	readonly hasAny: boolean;
};

export function createFailedKeys(): FailedKeys {
	const keys = new Set<string>();
	return {
		note(event) {
			if (event.type === 'object-failed') keys.add(event.key);
			// Another version takes its place, be it ours or somebody else's.
			else if (
				event.type === 'upload-started' ||
				event.type === 'object-resent' ||
				event.type === 'object-uploaded'
			)
				keys.delete(event.key);
		},
		get hasAny() {
			return keys.size > 0;
		},
	};
}
