import type {Mode} from './mode.js';

/** The buckets of the two tutorials, with their regions: what the sandbox proposes. */
type TutorialNames = {
	readonly sourceBucket: string;
	readonly sourceRegion: string;
	readonly destinationBucket: string;
	readonly destinationRegion: string;
};

/** The tutorials' own names; nothing stands in their way in a sandbox. */
export function tutorialNames(mode: Mode): TutorialNames {
	const regions = {sourceRegion: 'us-east-1', destinationRegion: 'us-west-2'};
	return mode === 'cross-region'
		? {sourceBucket: 'my-us-east-1', destinationBucket: 'my-us-west-2', ...regions}
		: {sourceBucket: 'my-source-account', destinationBucket: 'my-destination-account', ...regions};
}

/** The sandbox's profiles, one for each of its accounts. */
export const sandboxProfiles = {source: 'source', destination: 'destination'} as const;
