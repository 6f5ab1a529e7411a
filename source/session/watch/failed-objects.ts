import type {WatchView} from './watch-view.js';
import type {WatchedObject} from './watched-object.js';

/** All objects that have failed. */
export function failedObjects(watch: Pick<WatchView, 'counts' | 'rows'>): readonly WatchedObject[] {
	return watch.rows({onlyFailed: true, offset: 0, limit: watch.counts(0).objects.failed}, 0).rows;
}

/** The same by their ids, to be sent again. */
export function failedIds(watch: WatchView): readonly string[] {
	return failedObjects(watch).map(({id}) => id);
}
