import {useCallback, useContext, useSyncExternalStore} from 'react';
import {ClockContext} from './use-now.js';

/**
 * A value from outside React, looked at when the clock draws a data frame, however often it changes in between.
 *
 * @param subscribe calls the listener after every change; gives what ends that. The same function while it is the same source
 * @param getValue the value now; equal values must be the same
 */
export const useSampled = <T>(subscribe: (listener: () => void) => () => void, getValue: () => T): T => {
	const clock = useContext(ClockContext);
	const subscribeToFrames = useCallback(
		(listener: () => void) => {
			const end = subscribe(() => clock.requestFrame(listener));
			return () => {
				end();
				clock.cancelFrame(listener);
			};
		},
		[clock, subscribe],
	);
	return useSyncExternalStore(subscribeToFrames, getValue);
};
