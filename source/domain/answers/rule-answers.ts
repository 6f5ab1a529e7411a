import {defaultRuleId, ruleIdFault} from './role-name.js';
import type {AnswerEntry} from './answer-entry.js';

export const ruleId = {
	flag: 'rule-id',
	kind: 'text',
	placeholder: 'ID',
	commands: ['wizard', 'plan', 'apply'],
	group: 'answers',
	description: 'name of the replication rule',
	belongsTo: 'rule',
	isRecorded: true,
	field: {label: 'Rule name', note: 'Other rules of the source bucket are kept.'},
	faultOf: ruleIdFault,
	refusal: {
		code: 'rule-name',
		headline: (id) => `Cannot use “${id}” as the rule's name`,
		nextStep: 'Give another --rule-id.',
	},
	defaultOf: ({mode}) => defaultRuleId(mode),
} as const satisfies AnswerEntry;
