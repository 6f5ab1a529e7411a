import {type Listed, restAfterListingMs} from './listing-cost.js';

const quickMs = 500;
const slowMs = 10_000;

/** What a round of listings has brought. */
export type RoundFigures = Listed & {readonly arrived: number};

/** Says when to look again: quickly while things arrive, slowly when nothing moves, and never so often that listing takes a tenth of a core. */
type Pace = {
	/** Something new is waited for. */
	readonly wake: (now: number) => void;
	/** How long to wait after a round. */
	readonly afterRound: (now: number, round: RoundFigures) => number;
};

export function createPace(now: number): Pace {
	let lastNewsAt = now;
	return {
		wake(at) {
			lastNewsAt = at;
		},
		afterRound(at, {arrived, ...listed}) {
			if (arrived > 0) lastNewsAt = at;
			// A delay is told with the interval it was seen in: a tenth of the time waited is precise enough.
			const fitting = Math.min(slowMs, Math.max(quickMs, (at - lastNewsAt) / 10));
			return Math.max(fitting, restAfterListingMs(listed));
		},
	};
}
