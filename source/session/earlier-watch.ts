import type {OpenObject} from '../engine/watch/watch-options.js';
import type {WatchStore} from './watch/watch-store.js';

/** How many files this run has sent, or has tried to. */
export function fileCount(store: WatchStore): number {
	const {replicated, failed, pending} = store.objectCounts();
	return replicated + failed + pending;
}

/** What an earlier watch followed, as the engine takes it up. */
export function openObjects(store: WatchStore): readonly OpenObject[] {
	return store
		.openObjects()
		.flatMap(({versionId, uploadedAt, arrivals, ...object}) =>
			versionId === undefined || uploadedAt === undefined
				? []
				: [{...object, versionId, uploadedAt, arrivedAt: Object.keys(arrivals)}],
		);
}
