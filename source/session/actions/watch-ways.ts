import type {Direction} from '../../domain/direction.js';
import type {WatchOptions} from '../../engine/watch/watch-options.js';
import type {WatchRequest} from './watch-request.js';

/** One direction of a watch. */
type Way = Pick<WatchOptions, 'source' | 'destinations'> & {
	readonly direction?: Direction;
	/** How many files are sent. */
	readonly fileCount: number;
};

/** The directions of a watch: there, and in a two-way one back. */
export function waysOf({
	source,
	destinations,
	fileCount,
	fileCountBack = fileCount,
	leadsBack,
}: WatchRequest): readonly Way[] {
	const there: Way = {source, destinations, fileCount};
	const home = destinations[0]?.watched;
	if (!leadsBack || !home) return [there];
	return [
		there,
		{
			direction: 'back',
			source: home,
			destinations: [{bucket: source.reference.bucket, watched: source}],
			fileCount: fileCountBack,
		},
	];
}

/** Which files of others are followed in a direction. */
export function othersOf(
	{followsOthers, followPrefix, leadsBack = false, before, rulesBack}: WatchRequest,
	direction: Direction | undefined,
): WatchOptions['others'] {
	if (!followsOthers) return undefined;
	return {
		prefix: followPrefix ?? '',
		isLimited: followPrefix === undefined,
		hasReplicas: leadsBack,
		rules: direction === 'back' ? rulesBack : before?.Rules,
	};
}
