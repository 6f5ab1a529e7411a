import type {Problem} from '../problem.js';
import type {Verdict} from './check.js';
import type {Reading} from './readings.js';

/** All is well. */
export function ok(evidence: string): Verdict {
	return {result: 'ok', evidence, problem: null};
}

/** It may hurt, and somebody may want it all the same. */
export function warning(evidence: string, problem: Problem): Verdict {
	return {result: 'warning', evidence, problem};
}

/** Nothing may be written. */
export function stop(evidence: string, problem: Problem): Verdict {
	return {result: 'problem', evidence, problem};
}

/** It cannot be told. */
export function unknown(evidence: string, problem: Problem | null): Verdict {
	return {result: 'unknown', evidence, problem};
}

/** The verdict of what was read; where one of the answers is missing it cannot be told. */
export function whenRead<T extends readonly unknown[]>(
	readings: {readonly [Index in keyof T]: Reading<T[Index]>},
	decide: (...values: T) => Verdict,
): Verdict {
	const missing = readings.find((reading) => !reading.isRead);
	if (missing && !missing.isRead) return notRead(missing.problem);
	return decide(...(readings.map((reading) => (reading as {value: unknown}).value) as unknown as T));
}

/** What cannot be told because it could not be read. */
export function notRead(problem: Problem): Verdict {
	return unknown(`could not be read: ${problem.headline}`, problem);
}
