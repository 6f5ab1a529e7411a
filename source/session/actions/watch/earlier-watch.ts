import type {OpenObject} from '../../../engine/watch/watch-options.js';
import type {WatchStore} from '../../watch/watch-store.js';

/** What an earlier watch followed in one direction, as the engine takes it up. */
export function openObjects(store: WatchStore, home: string | undefined): readonly OpenObject[] {
	return store
		.openObjects()
		.filter(({from}) => from === home)
		.flatMap(({versionId, uploadedAt, arrivals, ...object}) =>
			versionId === undefined || uploadedAt === undefined
				? []
				: [{...object, versionId, uploadedAt, arrivedAt: Object.keys(arrivals)}],
		);
}
