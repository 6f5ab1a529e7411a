import type {WatchView} from './watch-view.js';

/** All objects that have failed. */
export function failedIds(watch: WatchView): readonly string[] {
	const query = {onlyFailed: true, offset: 0, limit: watch.counts(0).objects.failed};
	return watch.rows(query, 0).rows.map(({id}) => id);
}
