import {createContext, useContext, useEffect, useState} from 'react';
import {createClock, type Clock} from '../clock.js';

export const ClockContext = createContext<Clock>(createClock());

/**
 * The time, once a second.
 *
 * @param isRunning while false the time stands still, no timer runs and nothing is drawn
 * @returns milliseconds since 1970
 */
export const useNow = (isRunning: boolean): number => {
	const clock = useContext(ClockContext);
	const [nowMs, setNowMs] = useState(clock.nowMs);
	useEffect(
		() => (isRunning ? clock.everySecond(() => setNowMs(clock.nowMs())) : undefined),
		[clock, isRunning],
	);
	return nowMs;
};
