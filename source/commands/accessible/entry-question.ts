import {type AnswerEntry, fieldCost} from '../../domain/answers/answer-entry.js';
import {answerTable, type TableName} from '../../domain/answers/answer-table.js';
import {textFault, textOf, valueIn, wordsOf} from '../../domain/answers/answer-text.js';
import {isAsked} from '../../domain/answers/answers.js';
import {conflictsOf} from '../../domain/answers/rule-conflicts.js';
import type {StepId} from '../../session/state/steps.js';
import {backWord} from '../ask/ask-lines.js';
import type {Question} from './ask-in-turn.js';
import {answered, helpOf, type QuestionContext} from './question-context.js';

/**
 * An answer that is asked as its entry says. What cannot be used, by itself or with what was answered before, is asked for again, with what is
 * wrong.
 */
export function entryQuestion(
	step: StepId,
	name: TableName,
	{asker, given, session, say, defaults, record}: QuestionContext,
): Question {
	const entry: AnswerEntry = answerTable[name];
	const {text, help} = wordingOf(entry);
	const words = wordsOf(entry)?.map((word) => saidFor(word, entry));
	return {
		isNeeded: () => given[name] === undefined && isAsked(name, defaults()),
		async ask() {
			const before = session.getState().answers[name];
			for (;;) {
				const byDefault = saidFor(textOf(defaults()[name], entry), entry);
				const answer = answered(
					words === undefined
						? await asker.ask(text, byDefault, helpOf(help))
						: await asker.choose(text, {choices: words, byDefault, help: helpOf(help)}),
				);
				if (answer === backWord) return false;
				const typed = typedFor(answer, entry);
				const fault = textFault(typed, entry) ?? takeDown(typed, answer === byDefault);
				if (fault === undefined) {
					const remark = entry.remarkOf?.(typed);
					if (remark !== undefined) say(remark);
					return true;
				}

				say(fault);
				session.answer(step, {[name]: before});
			}
		},
	};

	/** What is wrong with the answer together with the others. */
	function takeDown(typed: string, isDefault: boolean): string | undefined {
		const isLeftOpen = typed === '' || typed === entry.field?.empty;
		if (!isLeftOpen) record(step, name, valueIn(typed, entry), isDefault);
		else if (session.getState().answers[name] !== undefined) session.answer(step, {[name]: undefined});
		const conflict = conflictsOf(defaults()).find(({names}) => names.includes(name));
		return conflict && `${conflict.problem.headline}. ${conflict.problem.cause}`;
	}
}

/** How it is asked, and everything that its field says of it. */
function wordingOf({question, field, description}: AnswerEntry): {
	readonly text: string;
	readonly help: string;
} {
	if (question) return question;
	const {label = description, note = `${description}.`, wantedFor} = field ?? {};
	return {
		text: label,
		help: [note, field && fieldCost(field), wantedFor].filter((part) => part !== undefined).join(' '),
	};
}

/** A text as it is said: what an empty one means has words, which clear it when they are typed. */
export function saidFor(text: string, {field}: AnswerEntry): string {
	return text === '' ? (field?.emptyText ?? '') : text;
}

function typedFor(said: string, {field}: AnswerEntry): string {
	return said === field?.emptyText ? '' : said;
}
