import {sandboxProfiles} from './tutorial.js';
import type {AnswerEntry, DefaultContext} from './answer-entry.js';

export const mode = {
	flag: 'mode',
	kind: 'choice',
	placeholder: 'cross-region|cross-account',
	choices: ['cross-region', 'cross-account'],
	commands: ['wizard', 'plan', 'apply'],
	group: 'answers',
	description: 'one account and two regions, or two accounts',
	belongsTo: 'mode',
	isRecorded: true,
	question: {
		text: 'Which kind of replication',
		help: 'cross-region: one account, two regions. cross-account: the replicas belong to another account.',
	},
	defaultOf: ({mode: kind}) => kind,
} as const satisfies AnswerEntry;

export const sourceProfile = {
	flag: 'source-profile',
	kind: 'text',
	placeholder: 'NAME',
	commands: ['wizard', 'plan', 'apply', 'watch', 'diagnose', 'export', 'batch', 'undo'],
	group: 'answers',
	description: 'profile that may change the source bucket',
	belongsTo: 'accounts',
	defaultOf: ({profiles}) => profileForSource(profiles),
} as const satisfies AnswerEntry;

export const destinationProfile = {
	flag: 'destination-profile',
	kind: 'text',
	placeholder: 'NAME',
	commands: ['wizard', 'plan', 'apply', 'watch', 'diagnose', 'export', 'batch', 'undo'],
	severalIn: ['watch', 'diagnose', 'export', 'batch'],
	group: 'answers',
	description: 'profile that may change the destination bucket; in watch one for each account',
	belongsTo: 'accounts',
	// In one account the source's profile has both buckets.
	isAsked: ({mode: kind}) => kind !== 'cross-region',
	isImplied: (value, {mode: kind, sourceProfile: source}) => kind !== 'cross-account' && value === source,
	defaultOf({mode: kind, profiles, valueOf}) {
		const source = valueOf('sourceProfile');
		if (kind === 'cross-region') return source;
		return profiles.find(({name}) => name !== source)?.name ?? source;
	},
} as const satisfies AnswerEntry;

/** The first profile; but where there is one called `source`, never the one called `destination`. */
function profileForSource(profiles: DefaultContext['profiles']): string {
	const first = profiles[0]?.name ?? sandboxProfiles.source;
	const hasSource = profiles.some(({name}) => name === sandboxProfiles.source);
	return first === sandboxProfiles.destination && hasSource ? sandboxProfiles.source : first;
}
