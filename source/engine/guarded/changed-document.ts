import {fixable, type Problem, type ProblemDocument} from '../../domain/problem.js';

const again = 'Run this again: the new plan keeps what is already right.';

/** Somebody changed a document in a way that leaves it to a person what becomes of it. Nothing was written. */
export function changedMeanwhile(noun: string, planned: unknown, now: unknown): Problem {
	return {
		...fixable(
			'changed-meanwhile',
			`Cannot write ${noun}: somebody changed it meanwhile`,
			'It is another than the one that the plan was made from. It was left as it is.',
			[again],
		),
		documents: [titled('What the plan was made from', planned), titled('What is there now', now)],
	};
}

/** What was read back is neither what was written nor what was there before. */
export function changedAfterWrite(noun: string, written: unknown, now: unknown): Problem {
	return {
		...fixable(
			'changed-after-write',
			`Cannot confirm ${noun}: somebody else wrote it as well`,
			'It was written, and what is there now is something else. It was left as it is.',
			['Compare the two documents, and ask whoever else works on it.', again],
		),
		documents: [titled('What was written', written), titled('What is there now', now)],
	};
}

function titled(title: string, value: unknown): ProblemDocument {
	return {title, value: value ?? null};
}
