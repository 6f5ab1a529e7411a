import type {Mode} from '../../source/domain/answers/mode.js';
import {tutorialNames} from '../../source/domain/answers/tutorial.js';

/** A tutorial as the arguments of a command line, with the sandbox's profiles. */
export function tutorialArgs(mode: Mode): readonly string[] {
	const {sourceBucket, sourceRegion, destinationBucket, destinationRegion} = tutorialNames(mode);
	return [
		...['--mode', mode],
		...['--source-profile', 'source'],
		...['--destination-profile', {'cross-region': 'source', 'cross-account': 'destination'}[mode]],
		...['--source-bucket', sourceBucket, '--source-region', sourceRegion],
		...['--destination-bucket', destinationBucket, '--destination-region', destinationRegion],
	];
}
