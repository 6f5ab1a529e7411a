import {setTimeout as wait} from 'node:timers/promises';
import type {Clock} from '../../engine/clock.js';

/** The real time. */
export const systemClock: Clock = {
	now: Date.now,
	async wait(delayMs, signal) {
		await wait(delayMs, undefined, {signal});
	},
};
