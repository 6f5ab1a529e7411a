import type {Answers, EnvironmentKind} from '../domain/answers.js';
import type {Mode} from '../domain/mode.js';
import {sandboxProfiles, tutorialNames} from '../domain/tutorial.js';
import type {FlagValues} from '../flags.js';

/** What the flags answer. */
export function answersOf(values: FlagValues): Answers {
	// A list answers no question.
	const text = (name: string): string | undefined =>
		typeof values[name] === 'string' ? values[name] : undefined;
	const count = (name: string): number | undefined => values[name] as number | undefined;
	const environment: EnvironmentKind | undefined = values.sandbox
		? 'sandbox'
		: values['endpoint-url'] === undefined
			? undefined
			: 'aws';
	const answers: Answers = {
		environment,
		mode: text('mode') as Mode | undefined,
		sourceProfile: text('source-profile'),
		destinationProfile: text('destination-profile'),
		sourceRegion: text('source-region'),
		destinationRegion: text('destination-region'),
		sourceBucket: text('source-bucket'),
		destinationBucket: text('destination-bucket'),
		roleName: text('role-name'),
		rolePath: text('role-path'),
		permissionsBoundary: text('permissions-boundary'),
		keepsRole: values['keep-role'] === true ? true : undefined,
		ruleId: text('rule-id'),
		testFileCount: count('files'),
		testFileSizeBytes: count('file-size'),
	};
	return Object.fromEntries(Object.entries(answers).filter(([, answer]) => answer !== undefined));
}

/** What the flags answer, for a run without questions: in a sandbox the tutorial's names fill every gap. */
export function unaskedAnswersOf(values: FlagValues): Answers {
	const given = answersOf(values);
	if (!values.sandbox) return {...given, environment: 'aws'};
	const mode = given.mode ?? 'cross-region';
	return {
		environment: 'sandbox',
		mode,
		sourceProfile: sandboxProfiles.source,
		...(mode === 'cross-account' ? {destinationProfile: sandboxProfiles.destination} : {}),
		...tutorialNames(mode),
		...Object.fromEntries(Object.entries(given).filter(([, answer]) => answer !== undefined)),
	};
}
