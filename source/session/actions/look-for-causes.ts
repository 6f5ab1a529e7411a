import type {Cause} from '../../domain/event.js';
import {observeReplication} from '../../engine/diagnose/observe-replication.js';
import type {Sample, WatchOptions} from '../../engine/watch/watch-options.js';
import {causesIn, type FailedSample} from '../watch/causes-in.js';
import type {WatchRequest} from './watch-request.js';

/** Looks for what stands in the way of the files of a watch, with the profiles it has; reads only. */
export function lookForCauses(
	{source, destinations, tags = {}}: Pick<WatchRequest, 'source' | 'destinations' | 'tags'>,
	/** What the keys of the run's own files begin with: these have the tags. */
	folder: string,
): NonNullable<WatchOptions['lookForCauses']> {
	const {bucket, region} = source.reference;
	const others = destinations.flatMap(({watched}) => (watched ? [watched.connection] : []));
	const ownTags = Object.entries(tags).map(([Key, Value]) => ({Key, Value}));

	const asObject = ({key, ...sample}: Sample): FailedSample => ({
		...sample,
		key,
		...(key.startsWith(folder) ? {tags: {isRead: true, value: ownTags} as const} : {}),
	});
	return async (samples, signal): Promise<readonly Cause[]> => {
		const observed = await observeReplication(bucket, source.connection, others, {region, signal});
		const buckets = destinations.map((one) => one.bucket);
		return causesIn(observed, buckets, samples.map(asObject));
	};
}
