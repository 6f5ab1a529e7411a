import type {AnswerEntry} from './answer-entry.js';

/** What is changed of what others made: only by its own option, a yes to the changes is none to these. */
const ofOthers = {
	commands: ['wizard', 'plan', 'apply', 'export'],
	group: 'answers',
	belongsTo: 'others',
	isRecorded: true,
} as const;

export const disablesBlockedRules = {
	...ofOthers,
	flag: 'disable-blocked-rules',
	kind: 'switch',
	description: 'disable other rules whose destination makes S3 refuse all rules',
} as const satisfies AnswerEntry;

export const dropsDeletedPrincipals = {
	...ofOthers,
	flag: 'drop-deleted-principals',
	kind: 'switch',
	description: 'drop deleted roles and users from the policies of bucket and keys',
} as const satisfies AnswerEntry;
