import type {DelayFacts} from '../../domain/watch/delay-histogram.js';

const firstOverdueMs = 1000;
const longestOverdueMs = 120_000;
const fewArrivals = 10;
const firstConfirmMs = 250;
const longestConfirmMs = 30_000;
const maxAtOnce = 16;
const firstBlindAskMs = 500;

/** How many questions may be answered with what was known already: some for a small run, a share of a large one, a few a minute. */
const freeQuestions = 20;
const questionsPerObject = 0.08;
const questionsPerMinute = 2;

/**
 * When the source is asked about an object, so that it is asked once about most of them: where arrivals can be seen, after the arrival;
 * before it only a few that are overdue, as a sample, and more of them only while the answers are news.
 */
type AskPace = {
	/** How long after its arrival an object is asked about. */
	readonly confirmAfterMs: number;
	/** From which age on an object that has not arrived is overdue. */
	readonly overdueAfterMs: (delays: DelayFacts) => number;
	/** How long after the upload the source is asked first where nothing but its status can be seen. */
	readonly blindAfterMs: (delays: DelayFacts) => number;
	/** How many may be asked at once. */
	readonly atOnce: number;
	/** How many overdue ones may be asked now. */
	readonly sampleSize: (now: number, tracked: number) => number;
	/** An answer has come. `isNews`: the object has come to its end at the source. */
	readonly answered: (kind: 'confirm' | 'overdue', isNews: boolean) => void;
	/** A round of questions is over. */
	readonly roundOver: () => void;
};

export function createAskPace(startedAt: number): AskPace {
	let confirmAfterMs = firstConfirmMs;
	let atOnce = 2;
	let sample = 2;
	let wasted = 0;
	let hasEarly = false;
	return {
		get confirmAfterMs() {
			return confirmAfterMs;
		},
		overdueAfterMs: (delays) =>
			delays.count < fewArrivals
				? firstOverdueMs
				: Math.min(longestOverdueMs, Math.max(firstOverdueMs, delays.quantile(0.95) * 2)),
		blindAfterMs: (delays) => Math.max(firstBlindAskMs, delays.quantile(0.5) / 2),
		get atOnce() {
			return atOnce;
		},
		sampleSize(now, tracked) {
			const minutes = (now - startedAt) / 60_000;
			const allowed = freeQuestions + questionsPerObject * tracked + questionsPerMinute * minutes;
			return Math.max(0, Math.min(sample, Math.floor(allowed - wasted)));
		},
		answered(kind, isNews) {
			if (isNews) {
				atOnce = Math.min(maxAtOnce, atOnce + 1);
				if (kind === 'overdue') sample = Math.min(1000, sample * 2);
				return;
			}

			wasted++;
			if (kind === 'overdue') sample = 2;
			else hasEarly = true;
		},
		roundOver() {
			if (!hasEarly) return;
			// The source says COMPLETED some time after the replica is there: ask the next ones later.
			hasEarly = false;
			atOnce = Math.max(2, Math.floor(atOnce / 2));
			confirmAfterMs = Math.min(longestConfirmMs, confirmAfterMs * 2);
		},
	};
}
