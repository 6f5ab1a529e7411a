import {type Answers} from '../../../domain/answers/answers.js';
import type {AnswerEntry} from '../../../domain/answers/answer-entry.js';
import {answerTable, fieldRows, type TableName} from '../../../domain/answers/answer-table.js';
import {textFault, textOf, valueIn, wordsOf} from '../../../domain/answers/answer-text.js';
import {isFieldShown, optionSections} from '../../../domain/answers/option-sections.js';
import {conflictsOf} from '../../../domain/answers/rule-conflicts.js';

/** The fields' texts, by the names of their answers. */
export type Texts = Readonly<Partial<Record<TableName, string>>>;

/** The fields in the order they are shown in. */
export const fieldNames = optionSections.flatMap(({names}) => names);

/** Those that are shown with these texts. */
export const shownNames = (texts: Texts): readonly TableName[] =>
	fieldNames.filter((name) => isFieldShown(name, (other) => texts[other] === 'yes'));

/** The field so many further on; after the last comes the first. */
export const fieldAfter = (texts: Texts, name: TableName, by: number): TableName => {
	const names = shownNames(texts);
	return names[(names.indexOf(name) + by + names.length) % names.length] ?? name;
};

/** Answers as texts of fields. */
export const textsOf = (answers: Answers): Texts =>
	Object.fromEntries(fieldRows.map(([name, entry]) => [name, textOf(answers[name], entry)]));

/** The fields that turn another one on, with that one. */
const turning = fieldRows.flatMap(([name, {field}]) =>
	field?.turnsOn === undefined ? [] : [[name, field.turnsOn] as const],
);

/** The texts as they hold: a field that another one turns on is on. */
export const heldTexts = (texts: Texts): Texts => ({
	...texts,
	...Object.fromEntries(turning.filter(([name]) => texts[name] === 'yes').map(([, on]) => [on, 'yes'])),
});

const isShownWith = (name: TableName, other: TableName): boolean => {
	const {field}: AnswerEntry = answerTable[name];
	return field?.shownWith === other;
};

/** What a change of one field changes: what turned it on goes off with it, and what is shown only with it is cleared. */
export const changedTexts = (texts: Texts, name: TableName, text: string): Texts => ({
	[name]: text,
	...Object.fromEntries(
		turning
			.filter(([other, on]) => on === name && text === 'no' && texts[other] === 'yes')
			.map(([other]) => [other, 'no']),
	),
	...Object.fromEntries(
		fieldNames
			.filter((other) => text === 'no' && Boolean(texts[other]) && isShownWith(other, name))
			.map((other) => [other, '']),
	),
});

/** Whether a question mark may be typed into a field that has this text. */
export const mayHaveQuestionMark = (name: TableName, text: string): boolean => {
	const entry: AnswerEntry = answerTable[name];
	return wordsOf(entry) === undefined && textFault(text, entry) === undefined;
};

/** What is recorded: a value that is its default is not, so that it follows later changes. */
export const changeOf = (name: TableName, text: string, defaults: Texts): Partial<Answers> => ({
	[name]: text === '' || text === defaults[name] ? undefined : valueIn(text, answerTable[name]),
});

/** Everything that the fields say, where nothing is wrong with them. */
export const changesOf = (texts: Texts, defaults: Texts): Partial<Answers> =>
	Object.assign(
		{},
		...fieldNames.map((name) => changeOf(name, texts[name] ?? '', defaults)),
	) as Partial<Answers>;

/**
 * What is wrong with the fields, each by itself and together, by the names of their answers.
 *
 * @param others what is answered elsewhere
 */
export const faultsOf = (texts: Texts, defaults: Texts, others: Answers): ReadonlyMap<TableName, string> => {
	const faults = new Map<TableName, string>();
	for (const name of fieldNames) {
		const fault = textFault(texts[name] ?? '', answerTable[name]);
		if (fault !== undefined) faults.set(name, fault);
	}

	if (faults.size > 0) return faults;
	for (const {names, problem} of conflictsOf({...others, ...changesOf(texts, defaults)}))
		for (const name of names)
			if (fieldNames.includes(name) && !faults.has(name))
				faults.set(name, `${problem.headline}. ${problem.cause}`);
	return faults;
};
