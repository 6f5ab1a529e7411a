/** Time for the screens. One ticker serves all of them, and there is none while nobody looks. */
export type Clock = {
	/** Milliseconds since 1970. */
	readonly nowMs: () => number;
	/** Calls soon, then once a second. @returns ends it */
	readonly everySecond: (listener: () => void) => () => void;
};

/** The real clock. All listeners are called in one turn, so that React draws one frame a second. */
export const createClock = (): Clock => {
	const listeners = new Set<() => void>();
	let ticker: NodeJS.Timeout | undefined;
	return {
		nowMs: Date.now,
		everySecond(listener) {
			const soon = setImmediate(listener);
			listeners.add(listener);
			ticker ??= setInterval(() => {
				for (const each of listeners) each();
			}, 1000);
			return () => {
				clearImmediate(soon);
				listeners.delete(listener);
				if (listeners.size > 0) return;
				clearInterval(ticker);
				ticker = undefined;
			};
		},
	};
};
