import type {Answers, EnvironmentKind} from '../domain/answers/answers.js';
import {answerRows, type TableName} from '../domain/answers/answer-table.js';
import {sandboxProfiles, tutorialNames} from '../domain/answers/tutorial.js';

/** Arguments of any command that takes answers. */
export type AnsweringArguments = Partial<Record<TableName, unknown>> & {
	readonly sandbox?: boolean;
	readonly endpointUrl?: string;
};

/** What the arguments answer. */
export function answersOf(given: AnsweringArguments): Answers {
	// A list of what is one thing in a run answers no question.
	const answered = answerRows
		.map(([name, {kind}]) => [name, given[name], kind] as const)
		.filter(([, value, kind]) => value !== undefined && (kind === 'list' || !Array.isArray(value)))
		.map(([name, value]) => [name, value] as const);
	const environment = environmentOf(given);
	return {...(environment === undefined ? {} : {environment}), ...Object.fromEntries(answered)};
}

function environmentOf({sandbox, endpointUrl}: AnsweringArguments): EnvironmentKind | undefined {
	if (sandbox) return 'sandbox';
	return endpointUrl === undefined ? undefined : 'aws';
}

/** What the arguments answer, for a run without questions: in a sandbox the tutorial's names fill every gap. */
export function unaskedAnswersOf(given: AnsweringArguments): Answers {
	const answered = answersOf(given);
	if (!given.sandbox) return {...answered, environment: 'aws'};
	const mode = answered.mode ?? 'cross-region';
	return {
		environment: 'sandbox',
		mode,
		sourceProfile: sandboxProfiles.source,
		...(mode === 'cross-account' ? {destinationProfile: sandboxProfiles.destination} : {}),
		...tutorialNames(mode),
		...answered,
	};
}
