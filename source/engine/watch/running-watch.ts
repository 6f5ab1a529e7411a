import type {RunEvent} from '../../domain/event.js';
import type {Tracker} from './tracker.js';
import type {WatchOptions} from './watch-options.js';

/** What the tasks of one watch share. */
export type RunningWatch = {
	readonly options: WatchOptions;
	readonly tracker: Tracker;
	readonly emit: (event: RunEvent) => void;
	/** Fires when the watch is over, or is to end. */
	readonly signal: AbortSignal;
};
