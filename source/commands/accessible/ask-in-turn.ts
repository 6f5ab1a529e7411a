/** Somebody stopped answering. */
export class Unanswered extends Error {}

/** Said to who wants to go back further. */
export const firstQuestion = 'This is the first question.';

/** A question of a row of questions. */
export type Question = {
	/** Whether it is asked: options may have answered it, or other answers may have made it needless. */
	readonly isNeeded: () => boolean;
	/** Asks it and records the answer; false: the person wants to go back. Throws `Unanswered`. */
	readonly ask: () => Promise<boolean>;
};

/**
 * Asks one question after the other; who goes back is asked the earlier one again.
 *
 * @param from index of the first one to ask; before it there is none that is asked
 */
export async function askInTurn(
	questions: readonly Question[],
	from: number,
	say: (line: string) => void,
): Promise<void> {
	let at = from;
	while (at < questions.length) {
		const question = questions[at];
		if (!question?.isNeeded() || (await question.ask())) {
			at++;
			continue;
		}

		const before = lastNeeded(questions, at);
		if (before === undefined) say(firstQuestion);
		at = before ?? at;
	}
}

/** Index of the last question that is asked before another one; nothing before the first. */
export function lastNeeded(questions: readonly Question[], end: number): number | undefined {
	const index = questions.slice(0, end).findLastIndex((question) => question.isNeeded());
	return index === -1 ? undefined : index;
}
