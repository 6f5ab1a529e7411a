import type {AnswerEntry, OptionSection} from './answer-entry.js';
import {fieldRows, type TableName} from './answer-table.js';

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

/** The fields in their groups, as they are shown, and asked aloud. */
export const optionSections = (Object.keys(sectionTitles) as readonly OptionSection[]).map((section) => ({
	title: sectionTitles[section],
	names: fieldRows.filter(([, entry]) => sectionOf(entry) === section).map(([name]): TableName => name),
}));
