/** When things are drawn: one clock serves all screens, and there is no timer while nothing moves. */
export type Clock = {
	/** Milliseconds since 1970. */
	readonly nowMs: () => number;
	/** Calls soon, then once a second. @returns ends it */
	readonly everySecond: (listener: () => void) => () => void;
	/**
	 * Calls once, in the next data frame: soon where none was drawn for a while, otherwise 100 ms after the last. Who asks
	 * again before that is called once all the same.
	 */
	readonly requestFrame: (listener: () => void) => void;
	readonly cancelFrame: (listener: () => void) => void;
	/** Draws now what waits for its frame: a key was pressed, and its effect is not to wait. */
	readonly flush: () => void;
};

/** Data is drawn at most ten times a second. */
const dataFrameMs = 100;

/** The real clock. All that is due is called in one turn, so that React draws one frame for it. */
export const createClock = (): Clock => {
	const seconds = new Set<() => void>();
	const waiting = new Set<() => void>();
	let ticker: NodeJS.Timeout | undefined;
	let frameTimer: NodeJS.Timeout | undefined;
	let lastFrameAt = -Infinity;

	const flush = (): void => {
		clearTimeout(frameTimer);
		frameTimer = undefined;
		if (waiting.size === 0) return;
		lastFrameAt = performance.now();
		const due = [...waiting];
		waiting.clear();
		for (const listener of due) listener();
	};

	return {
		nowMs: Date.now,
		everySecond(listener) {
			const soon = setImmediate(listener);
			seconds.add(listener);
			ticker ??= setInterval(() => {
				for (const each of seconds) each();
				flush();
			}, 1000);
			return () => {
				clearImmediate(soon);
				seconds.delete(listener);
				if (seconds.size > 0) return;
				clearInterval(ticker);
				ticker = undefined;
			};
		},
		requestFrame(listener) {
			waiting.add(listener);
			frameTimer ??= setTimeout(flush, Math.max(0, lastFrameAt + dataFrameMs - performance.now()));
		},
		cancelFrame(listener) {
			waiting.delete(listener);
			if (waiting.size > 0) return;
			clearTimeout(frameTimer);
			frameTimer = undefined;
		},
		flush,
	};
};
