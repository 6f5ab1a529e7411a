/** The time and the waiting, passed in so that a test can own both. */
export type Clock = {
	/** Milliseconds since 1970. */
	readonly now: () => number;
	/** Resolves after so many milliseconds; rejects at once with the signal's AbortError when it fires. */
	readonly wait: (delayMs: number, signal?: AbortSignal) => Promise<void>;
};

const minBackMs = 1000;
const minForwardMs = 5000;

/**
 * A clock that is never set back. When the time has jumped (the machine's clock was set, or it slept), delays that began before
 * say little: `onJump` is called then. What is ahead stays ahead: nobody can tell a clock set forward from a machine that slept.
 */
export function steadyClock(clock: Clock, onJump: () => void): Clock {
	let addedMs = 0;
	const now = (): number => clock.now() + addedMs;
	return {
		now,
		async wait(delayMs, signal) {
			const before = now();
			try {
				await clock.wait(delayMs, signal);
			} finally {
				const tooLateMs = now() - before - delayMs;
				if (now() - before < -minBackMs) {
					addedMs += before + delayMs - now();
					onJump();
				} else if (tooLateMs > minForwardMs) onJump();
			}
		},
	};
}
