import type {Direction} from '../../domain/direction.js';
import type {OpenObject} from '../../engine/watch/watch-options.js';
import type {WatchStore} from '../watch/watch-store.js';

/** What an earlier watch followed in one direction, as the engine takes it up. */
export function openObjects(store: WatchStore, way: Direction | undefined): readonly OpenObject[] {
	return store
		.openObjects()
		.filter(({direction}) => direction === way)
		.flatMap(({versionId, uploadedAt, arrivals, ...object}) =>
			versionId === undefined || uploadedAt === undefined
				? []
				: [{...object, versionId, uploadedAt, arrivedAt: Object.keys(arrivals)}],
		);
}
