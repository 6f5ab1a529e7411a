import {entryOf, isAsked} from '../../domain/answers/answers.js';
import type {TableName} from '../../domain/answers/answer-table.js';
import {textFault, textOf, valueIn, wordsOf} from '../../domain/answers/answer-text.js';
import type {StepId} from '../../session/state/steps.js';
import {backWord} from '../ask/ask-lines.js';
import type {Question} from './ask-in-turn.js';
import {answered, helpOf, type QuestionContext} from './question-context.js';

/** An answer that is asked as its entry says. What cannot be used is asked for again, with what is wrong. */
export function entryQuestion(
	step: StepId,
	name: TableName,
	{asker, given, say, defaults, record}: QuestionContext,
): Question {
	const entry = entryOf(name);
	const {field, description} = entry;
	const {text, help} = entry.question ?? {
		text: field?.label ?? description,
		help: field?.note ?? `${description}.`,
	};
	const words = wordsOf(entry);
	return {
		isNeeded: () => given[name] === undefined && isAsked(name, defaults()),
		async ask() {
			for (;;) {
				const byDefault = textOf(defaults()[name], entry);
				const answer = answered(
					words === undefined
						? await asker.ask(text, byDefault, helpOf(help))
						: await asker.choose(text, {choices: words, byDefault, help: helpOf(help)}),
				);
				if (answer === backWord) return false;
				const fault = textFault(answer, entry);
				if (fault === undefined) {
					const isLeftOpen = answer === '' || answer === field?.empty;
					if (!isLeftOpen) record(step, name, valueIn(answer, entry), answer === byDefault);
					return true;
				}

				say(fault);
			}
		},
	};
}
