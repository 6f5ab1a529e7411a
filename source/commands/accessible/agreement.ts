import type {PlanResult} from '../../domain/plan/make-plan.js';
import {changeCount} from '../../domain/plan/plan.js';
import {isNo, isYes} from '../../domain/text/yes-word.js';
import type {Session} from '../../session/session.js';
import {plannedAnswers} from '../../session/state/defaults.js';
import {type Asker, backWord} from '../ask/ask-lines.js';
import {changesText, warningsOf} from '../ask/confirm.js';
import {planAsking} from '../ask/plan-asking.js';
import {answered, helpOf} from './question-context.js';

/** What becomes of a plan, or of what keeps one from being made: `yes`, `back`, or anything else for no. */
export async function agreement(
	session: Session,
	result: PlanResult,
	{asker, say}: {readonly asker: Asker; readonly say: (line: string) => void},
): Promise<string> {
	if (!result.ok) {
		for (const {headline} of result.problems) say(`Failed: ${headline}`);
		const help = helpOf(
			'back leads to the answers, so that one of them can be changed; stop ends the program.',
		);
		return answered(await asker.ask('back to change an answer, or stop', 'stop', help));
	}

	if (result.plan.others) {
		const {accountId} = result.plan.destination;
		const help = helpOf('yes writes a file for the owner of the other account. Nothing is changed in AWS.');
		const answer = await askYesOrNo(asker, `Write what account ${accountId} must do?`, help);
		return isYes(answer) ? 'yes' : answer.toLowerCase();
	}

	const count = changeCount(result.plan);
	if (count === 0) return 'yes';
	const changes = changesText(count, warningsOf(session));
	const help = helpOf('yes makes the changes of the plan above. Nothing has been changed so far.');
	const answer = await askYesOrNo(asker, `Make ${changes}?`, help);
	return isYes(answer) ? 'yes' : answer.toLowerCase();
}

/** The plan of the session's answers; what of others' stands in its way may be changed with a yes of its own. */
export async function planAccessibly(session: Session, asker: Asker): Promise<PlanResult> {
	const help = helpOf(
		'yes plans with the change shown above, of what others made. Nothing is changed before a yes to the whole plan.',
	);
	return planAsking(
		session,
		async () => session.makePlan(plannedAnswers(session.getState())),
		async ({question}) => isYes(await askYesOrNo(asker, `${question}?`, help)),
	);
}

/** An answer that is yes, no or back; what is none of them is asked for once more. */
export async function askYesOrNo(asker: Asker, question: string, help: string): Promise<string> {
	const ask = async (text: string) => answered(await asker.ask(`${text} yes or no`, 'no', help));
	const answer = await ask(question);
	if (isYes(answer) || isNo(answer) || answer.toLowerCase() === backWord) return answer;
	return ask(`“${answer}” is neither yes nor no. ${question}`);
}
