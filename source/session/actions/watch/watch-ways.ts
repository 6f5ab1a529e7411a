import type {OpenObject, WatchOptions} from '../../../engine/watch/watch-options.js';
import type {WatchRequest} from './watch-request.js';
import type {WatchStore} from '../../watch/watch-store.js';

/** One direction of a watch. */
type Way = Pick<WatchOptions, 'source' | 'destinations'> & {
	/** How many files are sent. */
	readonly fileCount: number;
};

/** The directions of a watch: there, and one from each destination that leads back. */
export function waysOf({
	source,
	destinations,
	fileCount,
	fileCounts = [],
	homes = [],
}: WatchRequest): readonly Way[] {
	const countOf = (way: number): number => fileCounts[way] ?? fileCount;
	const back = homes.flatMap((home) => destinations.find(({bucket}) => bucket === home)?.watched ?? []);
	return [
		{source, destinations, fileCount: countOf(0)},
		...back.map((home, index) => ({
			source: home,
			destinations: [{bucket: source.reference.bucket, watched: source}],
			fileCount: countOf(index + 1),
		})),
	];
}

/** Which files of others are followed in a direction: 0 there, n the nth way back. */
export function othersOf(
	{followsOthers, followPrefix, homes = [], before, rulesBack = []}: WatchRequest,
	way: number,
): WatchOptions['others'] {
	if (!followsOthers) return undefined;
	return {
		prefix: followPrefix ?? '',
		isLimited: followPrefix === undefined,
		hasReplicas: homes.length > 0,
		rules: way === 0 ? before?.Rules : rulesBack[way - 1],
	};
}

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
