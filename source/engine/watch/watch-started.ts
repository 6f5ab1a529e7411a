import type {RunEvent} from '../../domain/event.js';
import type {WatchOptions} from './watch-options.js';

/** What a watch says of itself before anything else. */
export function watchStarted({
	source: {reference, connection},
	destinations,
	leftOut,
	blindProfiles,
	keptFiles = [],
	remarks = [],
}: WatchOptions): Extract<RunEvent, {readonly type: 'watch-started'}> {
	return {
		type: 'watch-started',
		sourceBucket: reference.bucket,
		sourceRegion: reference.region,
		sourceProfile: connection.profile,
		destinations: destinations.map(({bucket, watched, isAbsent, foundProfile}) => ({
			bucket,
			region: watched?.reference.region,
			...(watched ? {profile: watched.connection.profile} : {}),
			...(isAbsent ? {isAbsent} : {}),
			...(foundProfile === undefined ? {} : {foundProfile}),
		})),
		leftOut,
		blindProfiles,
		...(keptFiles.length > 0 ? {keptFiles} : {}),
		...(remarks.length > 0 ? {remarks} : {}),
	};
}
