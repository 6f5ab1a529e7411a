import type {Objects} from '../../aws/ports.js';

/** Counts requests by their kind. */
type RequestCounter = {
	/** The same port, each call counted. */
	readonly counted: (objects: Objects) => Objects;
	/** How many there were since the last call; nothing where there was none. */
	readonly take: () => {readonly put: number; readonly list: number; readonly head: number} | undefined;
};

export function createRequestCounter(): RequestCounter {
	let counts = {put: 0, list: 0, head: 0};
	return {
		counted: (objects) => ({
			...objects,
			async put(...given) {
				counts.put++;
				return objects.put(...given);
			},
			async headVersion(...given) {
				counts.head++;
				return objects.headVersion(...given);
			},
			async listVersions(...given) {
				counts.list++;
				return objects.listVersions(...given);
			},
		}),
		take() {
			const taken = counts;
			if (taken.put + taken.list + taken.head === 0) return undefined;
			counts = {put: 0, list: 0, head: 0};
			return taken;
		},
	};
}
