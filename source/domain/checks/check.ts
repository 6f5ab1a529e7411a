import type {Problem} from '../problem.js';

/** `unknown`: it could not be found out; never taken for ok. */
export type CheckResult = 'ok' | 'warning' | 'problem' | 'unknown';

export type CheckGroup = 'identity' | 'source' | 'destination' | 'role' | 'rules';

/** What was found out. */
export type Verdict = {
	readonly result: CheckResult;
	/** What was seen, in a few words. */
	readonly evidence: string;
	/** What is wrong, or why it cannot be told, and what to do; `null` where all is well. */
	readonly problem: Problem | null;
};

/** One thing that has to be right before anything is written. */
export type CheckHead = {
	/** Stable, kebab-case: the JSON contract has it. */
	readonly id: string;
	/** What is looked at, in a word or two. */
	readonly title: string;
	readonly group: CheckGroup;
	/** Of the way back of a two-way set-up; absent: of the way there, or of both. */
	readonly direction?: 'back';
};

export type Check = CheckHead & Verdict;

const order: readonly CheckResult[] = ['problem', 'warning', 'unknown', 'ok'];

/** The checks with what needs somebody's eye on top; among equals their order stays. */
export function sortedChecks<T extends {readonly result: CheckResult}>(checks: readonly T[]): readonly T[] {
	return order.flatMap((result) => checks.filter((check) => check.result === result));
}

/** How many checks came to each result. */
export function checkCounts(
	checks: readonly {readonly result: CheckResult}[],
): Readonly<Record<CheckResult, number>> {
	const counts = {ok: 0, warning: 0, problem: 0, unknown: 0};
	for (const {result} of checks) counts[result]++;
	return counts;
}
