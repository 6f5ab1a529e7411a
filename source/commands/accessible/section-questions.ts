import {isYes} from '../../domain/text/yes-word.js';
import {answerTable, type TableName} from '../../domain/answers/answer-table.js';
import {textOf} from '../../domain/answers/answer-text.js';
import {isFieldShown, optionSections} from '../../domain/answers/option-sections.js';
import type {AnswerEntry} from '../../domain/answers/answer-entry.js';
import type {StepId} from '../../session/state/steps.js';
import {backWord} from '../ask/ask-lines.js';
import type {Question} from './ask-in-turn.js';
import {entryQuestion, saidFor} from './entry-question.js';
import {keyPreselection} from './key-question.js';
import {answered, helpOf, type QuestionContext} from './question-context.js';

/**
 * The groups of the Options screen: each is one question, which Enter passes, and asks for its fields where somebody wants to change one.
 *
 * @param asked the answers that the step asks for in any case
 * @param ofOwn how an answer is asked for that AWS knows the choices of
 */
export function sectionQuestions(
	step: StepId,
	asked: ReadonlySet<string>,
	context: QuestionContext,
	ofOwn: (name: TableName) => Question | undefined = () => undefined,
): readonly Question[] {
	const preselectKeys = keyPreselection();
	return optionSections.flatMap(({title, names}) => {
		const fields = names
			.filter((name) => !asked.has(name))
			.map((name) => {
				const question = ofOwn(name) ?? entryQuestion(step, name, context);
				const isNeeded = (): boolean =>
					isFieldShown(name, (other) => context.defaults()[other] === true) && question.isNeeded();
				return {name, question: {...question, isNeeded}};
			});
		let isOpen = false;
		return [
			{
				isNeeded: () => fields.some(({question}) => question.isNeeded()),
				async ask() {
					if (names.includes('kmsKey')) await preselectKeys(context);
					const needed = fields.filter(({question}) => question.isNeeded()).map(({name}) => name);
					const answer = answered(
						await context.asker.ask(
							`${title}, ${needed.length} options. Change any? yes or no`,
							isOpen ? 'yes' : 'no',
							helpOf(`yes asks for each: ${valuesText(needed, context)}.`),
						),
					).toLowerCase();
					if (answer === backWord) return false;
					isOpen = isYes(answer);
					return true;
				},
			},
			...fields.map(({name, question}) => ({
				...question,
				isNeeded: () => isOpen && !isTurnedOn(name, context) && question.isNeeded(),
			})),
		];
	});
}

/** Whether another answer has turned it on: then there is nothing to ask. */
function isTurnedOn(name: TableName, {defaults}: QuestionContext): boolean {
	const answers = defaults();
	return Object.entries<AnswerEntry>(answerTable).some(
		([other, {field}]) => field?.turnsOn === name && answers[other as TableName] === true,
	);
}

function valuesText(names: readonly TableName[], {defaults}: QuestionContext): string {
	return names
		.map((name) => {
			const entry: AnswerEntry = answerTable[name];
			return `${entry.field?.label ?? name} ${saidFor(textOf(defaults()[name], entry), entry)}`;
		})
		.join(', ');
}
