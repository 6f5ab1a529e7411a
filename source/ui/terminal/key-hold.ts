/** Keys typed ahead wait this long at most for a screen to be ready: then they may be meant to leave it. */
const holdLimitMs = 2000;

/** Holds back the keys that were typed ahead, while a screen that could not yet act on them is getting ready. */
export type KeyHold = {
	/** Begins to hold; gives the function that ends it. Ends by itself after `holdLimitMs`, so that Esc works where nothing answers. */
	readonly hold: () => () => void;
	/** Calls back when nothing holds: at once where that is so already. */
	readonly whenFree: (callback: () => void) => void;
};

export const createKeyHold = (): KeyHold => {
	const holders = new Set<symbol>();
	let waiting: Array<() => void> = [];

	const release = (holder: symbol): void => {
		if (!holders.delete(holder) || holders.size > 0) return;
		const callbacks = waiting;
		waiting = [];
		for (const callback of callbacks) callback();
	};

	return {
		hold() {
			const holder = Symbol('hold');
			holders.add(holder);
			const timer = setTimeout(() => release(holder), holdLimitMs);
			timer.unref();
			return () => {
				clearTimeout(timer);
				release(holder);
			};
		},
		whenFree(callback) {
			if (holders.size === 0) callback();
			else waiting.push(callback);
		},
	};
};
