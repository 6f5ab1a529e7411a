import type {ObjectCounts} from '../run-figures.js';

/** How many files were sent, or should have been: those that could not be uploaded have failed. */
export function fileCount({replicated, failed, pending}: ObjectCounts): number {
	return replicated + failed + pending;
}
