import type {AnswerEntry} from './answer-entry.js';

/** A group of the Options screen and of the questions of `--accessible`. */
export type OptionSection = 'rule' | 'encryption' | 'role';

export const sectionTitles: Readonly<Record<OptionSection, string>> = {
	rule: 'Rule',
	encryption: 'Encryption and owner',
	role: 'Role and test files',
};

/** The group that an answer is asked in: the one its field names, else that of what it is about. */
export function sectionOf({field, belongsTo}: AnswerEntry): OptionSection {
	return field?.section ?? (belongsTo === 'rule' ? 'rule' : 'role');
}
