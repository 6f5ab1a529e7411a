import type {DelayFacts} from './delay-histogram.js';
import {durationText} from '../text/duration-text.js';
import type {ObjectCounts} from '../run-figures.js';
import {fixable, type Problem} from '../problem.js';

type Metric = 'p50' | 'p95' | 'p99' | 'max' | 'failed';

/** A condition that decides how a watch ends, such as `p95<30s` or `failed<1`. */
type UntilCondition = {
	readonly text: string;
	readonly metric: Metric;
	readonly allowsEqual: boolean;
	/** Milliseconds, or a number of files for `failed`. */
	readonly limit: number;
};

const parts: Readonly<Record<Exclude<Metric, 'failed'>, number>> = {p50: 0.5, p95: 0.95, p99: 0.99, max: 1};
const unitsMs: Readonly<Record<string, number>> = {ms: 1, s: 1000, m: 60_000};

/** Reads a condition; gives nothing where it is none. A time has a unit (`ms`, `s`, `m`), a number of files has none. */
export function parseUntil(text: string): UntilCondition | undefined {
	const match = /^\s*(p50|p95|p99|max|failed)\s*(<=?)\s*(\d+(?:\.\d+)?)\s*(ms|s|m)?\s*$/.exec(text);
	if (!match) return undefined;
	const [, name, comparison, number, unit] = match;
	const metric = name as Metric;
	if ((metric === 'failed') === (unit !== undefined)) return undefined;
	return {
		text: text.trim(),
		metric,
		allowsEqual: comparison === '<=',
		limit: Number(number) * (unit === undefined ? 1 : (unitsMs[unit] ?? 1)),
	};
}

/**
 * The problem of a condition that does not hold, or nothing where it does. A file that has not arrived counts as slower than every one
 * that has, at each destination where it is missing: otherwise the worst would make the figures better.
 * @param missing arrivals that did not come, of every destination
 */
export function untilProblem(
	condition: UntilCondition,
	delays: DelayFacts,
	objects: ObjectCounts,
	missing: number,
	/** How one finds out why. */
	nextStep: string,
): Problem | undefined {
	const {text, metric, allowsEqual, limit} = condition;
	const holds = (value: number): boolean => value < limit || (allowsEqual && value === limit);
	if (metric === 'failed') {
		return holds(objects.failed) ? undefined : unmet({text, nextStep}, `${objects.failed} files failed.`);
	}

	const all = delays.count + missing;
	const rank = Math.max(1, Math.ceil(parts[metric] * all));
	if (all === 0) return unmet({text, nextStep}, 'No delay was measured.');
	if (rank > delays.count) {
		const lacking = objects.failed + objects.pending;
		return unmet({text, nextStep}, `${lacking} of ${objects.replicated + lacking} files did not arrive.`);
	}

	const value = metric === 'max' ? delays.maxMs : delays.quantile((rank - 0.5) / delays.count);
	return holds(value) ? undefined : unmet({text, nextStep}, `${metric} was ${durationText(value)}.`);
}

function unmet({text, nextStep}: {readonly text: string; readonly nextStep: string}, cause: string): Problem {
	return fixable('until-not-met', `Cannot confirm ${text}`, cause, [
		'Look at the delays above; S3 promises a time only with replication time control.',
		nextStep,
	]);
}
