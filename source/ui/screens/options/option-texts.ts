import {type Answers} from '../../../domain/answers/answers.js';
import type {AnswerEntry, OptionSection} from '../../../domain/answers/answer-entry.js';
import {answerTable, fieldRows, type TableName} from '../../../domain/answers/answer-table.js';
import {kindFault} from '../../../domain/answers/option.js';
import {sectionOf, sectionTitles} from '../../../domain/answers/option-sections.js';
import {conflictsOf} from '../../../domain/answers/rule-conflicts.js';

/** The fields' texts, by the names of their answers. */
export type Texts = Readonly<Partial<Record<TableName, string>>>;

/** The fields in their groups. */
export const sections = (Object.keys(sectionTitles) as readonly OptionSection[]).map((section) => ({
	title: sectionTitles[section],
	names: fieldRows.filter(([, entry]) => sectionOf(entry) === section).map(([name]) => name),
}));

/** The fields in the order they are shown in. */
export const fieldNames = sections.flatMap(({names}) => names);

/** The field so many further on; after the last comes the first. */
export const fieldAfter = (name: TableName, by: number): TableName =>
	fieldNames[(fieldNames.indexOf(name) + by + fieldNames.length) % fieldNames.length] ?? name;

/** The words of a field that is turned, not typed; nothing of one that is typed. */
export const wordsOf = ({kind, choices = [], field}: AnswerEntry): readonly string[] | undefined => {
	if (kind === 'switch') return ['no', 'yes'];
	if (kind !== 'choice') return undefined;
	return field?.empty === undefined ? choices : [field.empty, ...choices];
};

const textOf = (value: Answers[TableName], {field}: AnswerEntry): string => {
	if (typeof value === 'boolean') return value ? 'yes' : 'no';
	if (typeof value === 'object') return value.join(', ');
	return value === undefined ? (field?.empty ?? '') : String(value);
};

/** Answers as texts of fields. */
export const textsOf = (answers: Answers): Texts =>
	Object.fromEntries(fieldRows.map(([name, entry]) => [name, textOf(answers[name], entry)]));

/** A list as it is typed into one field: no tag has a comma. */
const listed = (text: string): readonly string[] =>
	text
		.split(',')
		.map((part) => part.trim())
		.filter((part) => part !== '');

const valueOf = (text: string, {kind}: AnswerEntry): string | number | boolean | readonly string[] => {
	if (kind === 'switch') return text === 'yes';
	if (kind === 'list') return listed(text);
	return kind === 'count' ? Number(text) : text;
};

/** What is wrong with a field's text by itself, or nothing; an empty one takes its default. */
export const faultOf = (text: string, entry: AnswerEntry): string | undefined => {
	if (text === '' || text === entry.field?.empty) return undefined;
	const texts = entry.kind === 'list' ? listed(text) : [text];
	const faults = texts.map((one) => kindFault('It', entry, one) ?? entry.faultOf?.(one));
	return faults.find((fault) => fault !== undefined);
};

/** What is recorded: a value that is its default is not, so that it follows later changes. */
export const changeOf = (name: TableName, text: string, defaults: Texts): Partial<Answers> => ({
	[name]: text === '' || text === defaults[name] ? undefined : valueOf(text, answerTable[name]),
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
		const fault = faultOf(texts[name] ?? '', answerTable[name]);
		if (fault !== undefined) faults.set(name, fault);
	}

	if (faults.size > 0) return faults;
	for (const {names, problem} of conflictsOf({...others, ...changesOf(texts, defaults)}))
		for (const name of names)
			if (fieldNames.includes(name) && !faults.has(name))
				faults.set(name, `${problem.headline}. ${problem.cause}`);
	return faults;
};
