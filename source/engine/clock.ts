/** The time and the waiting, passed in so that a test can own both. */
export type Clock = {
	/** Milliseconds since 1970. */
	readonly now: () => number;
	/** Resolves after so many milliseconds; rejects at once with the signal's AbortError when it fires. */
	readonly wait: (delayMs: number, signal?: AbortSignal) => Promise<void>;
};
