import type {Objects} from '../../aws/ports.js';
import type {RunEvent} from '../../domain/event.js';
import type {Clock} from '../clock.js';
import type {RequestGate} from './request-gate.js';
import type {Tracker} from './tracker.js';
import type {WatchedDestination, WatchOptions} from './watch-options.js';

/** A bucket that the watch makes requests to: each is counted, and waits while there is trouble with it. */
export type WatchedEnd = WatchedDestination & {readonly objects: Objects; readonly gate: RequestGate};

/** What the tasks of one watch share. */
export type RunningWatch = {
	readonly options: WatchOptions;
	readonly source: WatchedEnd;
	readonly tracker: Tracker;
	/** Time that is never set back. */
	readonly clock: Clock;
	readonly emit: (event: RunEvent) => void;
	/** Waits as long as the watch is paused. */
	readonly whilePaused: () => Promise<void>;
	/** Whether as many files are being sent as may be at once. */
	readonly isSendingFlatOut: () => boolean;
	/** Fires when the watch is over, or is to end. */
	readonly signal: AbortSignal;
};
