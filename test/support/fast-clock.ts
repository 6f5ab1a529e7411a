import type {Clock} from '../../source/engine/clock.js';
import {systemClock} from '../../source/commands/host/system-clock.js';

const times = 10;

/** The real time with pauses that last a tenth of it, for commands whose records are compared: what a test waits for is that something comes true, not time. */
export const shortPauses: Clock = {
	now: systemClock.now,
	wait: async (delayMs, signal) => systemClock.wait(delayMs / times, signal),
};

/** A clock that begins now and runs ten times as fast as the real one. Each is ahead of the next: what compares their times takes another. */
export function fastClock(): Clock {
	const start = systemClock.now();
	return {
		now: () => start + (systemClock.now() - start) * times,
		wait: shortPauses.wait,
	};
}
