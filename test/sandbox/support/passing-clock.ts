import {setImmediate as nextTurn} from 'node:timers/promises';
import {type Clock} from '../../../source/sandbox/start-sandbox.js';

/**
 * A clock whose waits end when the test lets time pass, and not before. It starts at the machine's time, which the
 * clients sign with: beyond 15 minutes they are refused.
 */
export type PassingClock = Clock & {
	/** Lets time pass, and gives back when what waited for it has gone on. */
	readonly pass: (spanMs: number) => Promise<void>;
	/** How many wait. */
	readonly waiting: () => number;
};

export function makePassingClock(): PassingClock {
	const waits = new Set<{readonly dueMs: number; readonly end: () => void}>();
	let passedMs = 0;
	const now = (): number => Date.now() + passedMs;
	return {
		now,
		wait: (delayMs, signal) =>
			new Promise((resolve, reject) => {
				if (delayMs <= 0) {
					resolve();
					return;
				}
				const wait = {dueMs: now() + delayMs, end: resolve};
				waits.add(wait);
				signal?.addEventListener('abort', () => {
					waits.delete(wait);
					reject(signal.reason as Error);
				});
			}),
		pass: async (spanMs) => {
			passedMs += spanMs;
			for (const wait of waits) {
				if (wait.dueMs > now()) continue;
				waits.delete(wait);
				wait.end();
			}
			await nextTurn();
		},
		waiting: () => waits.size,
	};
}
