import type {Replicated} from '../../domain/answers/command-line.js';
import type {WatchedEnds} from './watch-view.js';

/** The bucket of a watch with the profiles that see it and its destinations, for a command that is printed. */
export function replicatedIn({sourceBucket, sourceProfile, destinations}: WatchedEnds): Replicated {
	return {
		bucket: sourceBucket,
		profile: sourceProfile,
		destinationProfiles: destinations.flatMap(({profile}) => profile ?? []),
	};
}
