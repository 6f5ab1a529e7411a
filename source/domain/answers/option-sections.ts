import type {AnswerEntry, OptionSection} from './answer-entry.js';

/** The groups in their order, as the Options screen names them. */
export const sectionTitles: Readonly<Record<OptionSection, string>> = {
	rule: 'Rule',
	encryption: 'Encryption and owner',
	role: 'Role and test files',
};

/** The group that an answer is asked in: the one its field names, else that of what it is about. */
export function sectionOf({field, belongsTo}: AnswerEntry): OptionSection {
	return field?.section ?? (belongsTo === 'rule' ? 'rule' : 'role');
}
