import {unstable_IdlePriority as idlePriority, unstable_scheduleCallback as schedule} from 'scheduler';

/**
 * Calls back when React has nothing left to do: Ink's escape timer (one turn) has fired, and two idle-priority callbacks
 * in a row have run, so every render and effect queued by the last key is done and its handlers are the new ones.
 */
export const whenReactIsQuiet = (callback: () => void): void => {
	setImmediate(() => {
		schedule(idlePriority, () => {
			schedule(idlePriority, callback);
		});
	});
};
