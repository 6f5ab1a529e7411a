import type {Clock} from '../../source/engine/clock.js';
import {systemClock} from '../../source/commands/host/system-clock.js';

/** A clock that begins now and runs faster than the real one, so that a pause takes a tenth of its time: a test waits for what comes true, not for time. */
export function fastClock(times = 10): Clock {
	const start = systemClock.now();
	return {
		now: () => start + (systemClock.now() - start) * times,
		wait: async (delayMs, signal) => systemClock.wait(delayMs / times, signal),
	};
}
