import type {ArrivalRates} from './watch-view.js';

const seconds = 60;

/** Counts what arrives in each of the last 60 seconds. */
type ArrivalMeter = {
	/** Counts an arrival of so many bytes; milliseconds since 1970. */
	readonly add: (at: number, bytes: number) => void;
	readonly rates: (nowMs: number) => ArrivalRates;
};

export function createArrivalMeter(): ArrivalMeter {
	const stamps = new Float64Array(seconds).fill(-1);
	const objects = new Float64Array(seconds);
	const bytes = new Float64Array(seconds);
	return {
		add(at, size) {
			const second = Math.floor(at / 1000);
			const slot = second % seconds;
			if (stamps[slot] !== second) {
				stamps[slot] = second;
				objects[slot] = 0;
				bytes[slot] = 0;
			}

			objects[slot] = (objects[slot] ?? 0) + 1;
			bytes[slot] = (bytes[slot] ?? 0) + size;
		},
		rates(nowMs) {
			const last = Math.floor(nowMs / 1000);
			const of = (counts: Float64Array): readonly number[] =>
				Array.from({length: seconds}, (_, index) => {
					const second = last - seconds + 1 + index;
					const slot = ((second % seconds) + seconds) % seconds;
					return stamps[slot] === second ? (counts[slot] ?? 0) : 0;
				});
			return {objects: of(objects), bytes: of(bytes)};
		},
	};
}
