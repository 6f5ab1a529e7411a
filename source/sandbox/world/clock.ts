import {setTimeout as delay} from 'node:timers/promises';

/** Where the sandbox gets its time from. Times are milliseconds since 1970. */
export type Clock = {
	readonly now: () => number;
	/** Ends after `delayMs`, or rejects when the signal is aborted. */
	readonly wait: (delayMs: number, signal?: AbortSignal) => Promise<void>;
};

export const systemClock: Clock = {
	now: () => Date.now(),
	wait: async (delayMs, signal) => {
		await delay(delayMs, undefined, {signal});
	},
};

export const dayMs = 24 * 60 * 60 * 1000;

/** The time in whole seconds, as most of AWS tells it. */
export function wholeSeconds(timeMs: number): Date {
	return new Date(Math.floor(timeMs / 1000) * 1000);
}
