import {changeCount} from '../../domain/plan/plan.js';
import {isNo, isYes} from '../../domain/text/yes-word.js';
import type {Session} from '../../session/session.js';
import {type Asker, backWord} from '../ask/ask-lines.js';
import {changesText, warningsOf} from '../ask/confirm.js';
import {answered, helpOf} from './question-context.js';

/** What becomes of a plan, or of what keeps one from being made: `yes`, `back`, or anything else for no. */
export async function agreement(
	session: Session,
	result: Awaited<ReturnType<Session['makePlan']>>,
	{asker, say}: {readonly asker: Asker; readonly say: (line: string) => void},
): Promise<string> {
	if (!result.ok) {
		for (const {headline} of result.problems) say(`Failed: ${headline}`);
		const help = helpOf(
			'back leads to the answers, so that one of them can be changed; stop ends the program.',
		);
		return answered(await asker.ask('back to change an answer, or stop', 'stop', help));
	}

	const count = changeCount(result.plan);
	if (count === 0) return 'yes';
	const changes = changesText(count, warningsOf(session));
	const help = helpOf('yes makes the changes of the plan above. Nothing has been changed so far.');
	const ask = async (question: string) => answered(await asker.ask(`${question} yes or no`, 'no', help));
	let answer = await ask(`Make ${changes}?`);
	if (!isYes(answer) && !isNo(answer) && answer.toLowerCase() !== backWord)
		answer = await ask(`“${answer}” is neither yes nor no. Make ${changes}?`);
	return isYes(answer) ? 'yes' : answer.toLowerCase();
}
