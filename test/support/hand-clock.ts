import {type Clock} from '../../source/ui/clock.js';

/** A clock that a test moves by hand. Nothing is drawn by it unless the test says so. */
type HandClock = Clock & {
	/** A second passes. */
	readonly tick: () => void;
	/** A data frame is due. */
	readonly frame: () => void;
	/** How many look at the seconds. */
	readonly watchers: () => number;
	/** How many wait for a data frame. */
	readonly waiting: () => number;
};

export const createHandClock = (startMs = 1000): HandClock => {
	let nowMs = startMs;
	const seconds = new Set<() => void>();
	const waiting = new Set<() => void>();
	const frame = (): void => {
		const due = [...waiting];
		waiting.clear();
		for (const listener of due) listener();
	};
	return {
		nowMs: () => nowMs,
		everySecond(listener) {
			seconds.add(listener);
			return () => {
				seconds.delete(listener);
			};
		},
		requestFrame: (listener) => void waiting.add(listener),
		cancelFrame: (listener) => void waiting.delete(listener),
		flush: frame,
		tick() {
			nowMs += 1000;
			for (const listener of seconds) listener();
			frame();
		},
		frame,
		watchers: () => seconds.size,
		waiting: () => waiting.size,
	};
};
