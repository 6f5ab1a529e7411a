import {setImmediate as nextTurn} from 'node:timers/promises';
import {type Clock} from '../../../source/sandbox/start-sandbox.js';

/** A clock whose waits end when the test says so, so that it decides what happens before a copy and what after it. */
export type GatedClock = Clock & {
	/** Ends the waits that are under way and gives back when what waited has gone on. */
	readonly letGo: () => Promise<void>;
};

export function makeGatedClock(): GatedClock {
	const waiting = new Set<() => void>();
	return {
		now: () => Date.now(),
		wait: (_delayMs, signal) =>
			new Promise((resolve, reject) => {
				waiting.add(resolve);
				signal?.addEventListener('abort', () => {
					reject(signal.reason as Error);
				});
			}),
		letGo: async () => {
			const released = [...waiting];
			waiting.clear();
			for (const end of released) end();
			await nextTurn();
		},
	};
}
