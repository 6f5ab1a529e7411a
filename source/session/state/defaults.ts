import type {Answers} from '../../domain/answers/answers.js';
import type {DefaultContext, PlaceName} from '../../domain/answers/answer-entry.js';
import {answerRows, answerTable, type TableName} from '../../domain/answers/answer-table.js';
import {valueOf} from './loadable.js';
import type {SessionState} from './session-state.js';

/** The answers that have a default in any case. */
type DefaultedName = {
	[Name in TableName]: (typeof answerTable)[Name] extends {readonly defaultOf: unknown} ? Name : never;
}[TableName];

type DefaultedAnswers = Required<Pick<Answers, 'environment' | DefaultedName>>;

/**
 * What Enter accepts where nothing has been answered. Derived anew from what is known: nothing of it is stored,
 * so that a default follows the answers it depends on.
 */
export function defaultsOf(state: SessionState): DefaultedAnswers {
	const context = contextOf(state);
	const defaults = answerRows.flatMap(([name, {defaultOf}]) =>
		defaultOf ? [[name, defaultOf(context)]] : [],
	);
	return {
		environment: (valueOf(state.awsProfiles)?.length ?? 0) > 0 ? 'aws' : 'sandbox',
		...Object.fromEntries(defaults),
	} as DefaultedAnswers;
}

function contextOf({answers, profiles, identities, randomSuffix}: SessionState): DefaultContext {
	const callerOf = (profile: string) => valueOf(identities[profile]);
	const context: DefaultContext = {
		isSandbox: answers.environment === 'sandbox',
		mode: answers.mode ?? 'cross-region',
		profiles: valueOf(profiles) ?? [],
		randomSuffix,
		accountIdOf: (profile) => callerOf(profile)?.accountId,
		partitionOf: (profile) => callerOf(profile)?.partition ?? 'aws',
		valueOf: (name: PlaceName) => answers[name] ?? answerTable[name].defaultOf(context),
	};
	return context;
}

/** The answers with a default in every gap: what a plan is made from in the wizard. */
export function completedAnswers(state: SessionState): Answers & DefaultedAnswers {
	const given = Object.fromEntries(
		Object.entries(state.answers).filter(([, answer]) => answer !== undefined),
	);
	return {...defaultsOf(state), ...given};
}

/**
 * The completed answers as a plan is made from them: a role that nobody named is not named, so that the one that the
 * source's rules use already is kept.
 */
export function plannedAnswers(state: SessionState): Answers {
	const {roleName, ...others} = completedAnswers(state);
	return roleName === defaultsOf(state).roleName ? others : {...others, roleName};
}
