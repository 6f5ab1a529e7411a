import type {AnswerEntry, OptionSection} from './answer-entry.js';
import {answerTable, fieldRows, type TableName} from './answer-table.js';

/** The groups in their order, as the Options screen names them. */
const sectionTitles: Readonly<Record<OptionSection, string>> = {
	rule: 'Rule',
	encryption: 'Encryption and owner',
	role: 'Role and test files',
};

/** The group that an answer is asked in: the one its field names, else that of what it is about. */
function sectionOf({field, belongsTo}: AnswerEntry): OptionSection {
	return field?.section ?? (belongsTo === 'rule' ? 'rule' : 'role');
}

/** Whether a field is shown, and asked for, with what others say. */
export function isFieldShown(name: TableName, isOn: (other: TableName) => boolean): boolean {
	const {field}: AnswerEntry = answerTable[name];
	return field?.shownWith === undefined || isOn(field.shownWith);
}

/** The fields in their groups, as they are shown, and asked by `--accessible`. */
export const optionSections = (Object.keys(sectionTitles) as readonly OptionSection[]).map((section) => ({
	title: sectionTitles[section],
	names: fieldRows.filter(([, entry]) => sectionOf(entry) === section).map(([name]): TableName => name),
}));
