import type {AnswerName, Answers} from '../../domain/answers/answers.js';
import type {AnswerValue} from '../../domain/answers/answer-text.js';
import {completedAnswers} from '../../session/state/defaults.js';
import type {Session} from '../../session/session.js';
import type {StepId} from '../../session/state/steps.js';
import type {Asker} from '../ask/ask-lines.js';
import {Unanswered} from './ask-in-turn.js';

/** What every question is asked with. */
export type QuestionContext = {
	readonly session: Session;
	readonly asker: Asker;
	/** What options have answered. */
	readonly given: Answers;
	readonly say: (line: string) => void;
	readonly defaults: () => ReturnType<typeof completedAnswers>;
	/** Takes an answer down. A default that was taken follows the answers before it when these change. */
	readonly record: (step: StepId, name: AnswerName, value: AnswerValue, isDefault: boolean) => void;
};

/** @param given what options have answered */
export function questionContext(
	session: Session,
	asker: Asker,
	given: Answers,
	say: (line: string) => void,
): QuestionContext {
	const taken = new Set<AnswerName>();
	return {
		session,
		asker,
		given,
		say,
		defaults: () => completedAnswers(session.getState()),
		record(step, name, value, isDefault) {
			const {answers} = session.getState();
			const isChanged = answers[name] !== undefined && answers[name] !== value;
			const stale = isChanged ? [...taken].filter((other) => other !== name) : [];
			if (isDefault && (answers[name] === undefined || taken.has(name))) taken.add(name);
			else taken.delete(name);
			session.answer(step, {
				...Object.fromEntries(stale.map((other) => [other, undefined])),
				[name]: value,
			});
		},
	};
}

/** What every question's `?` ends with. */
const manners = 'Enter takes the answer in brackets, back leads to the question before, Ctrl-C stops.';

/** What `?` says of a question. */
export function helpOf(text: string): string {
	return `${text} ${manners}`;
}

/** Takes an answer; throws where nobody gives one any more. */
export function answered<T>(answer: T | undefined): T {
	if (answer === undefined) throw new Unanswered();
	return answer;
}
