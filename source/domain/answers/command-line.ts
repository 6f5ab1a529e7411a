import {type Answers, defaultChain} from './answers.js';
import {answerRows, answerTable} from './answer-table.js';
import type {Mode} from './mode.js';
import {sandboxProfiles, tutorialNames} from './tutorial.js';
import {quoted} from '../text/shell-word.js';
import type {CommandName} from './option.js';

/** A command of this program, of words that a shell reads as they are. */
const command = (name: CommandName, ...words: ReadonlyArray<readonly string[]>): string =>
	['s3-replicate', name, ...words.flat()].join(' ');

/**
 * The command that does the same without questions; what it says anyway is left out.
 *
 * @param besides options that are no answers, as words
 */
export function applyCommand(
	answers: Answers,
	endpointUrl: string | null,
	besides: readonly string[] = [],
): string {
	return command('apply', placedAnswers('apply', answers, endpointUrl), besides, ['--yes']);
}

/** The command that plans the same anew and writes the plan into a file. */
export function planCommandOf(answers: Answers, endpointUrl: string | null, file: string): string {
	return command('plan', placedAnswers('plan', answers, endpointUrl), optionWords('plan-file', file));
}

/** Where the answers count, and what of them is not said by that. */
function placedAnswers(
	name: 'apply' | 'plan',
	answers: Answers,
	endpointUrl: string | null,
): readonly string[] {
	return answers.environment === 'sandbox'
		? ['--sandbox', ...answerWords(name, answers, sandboxAnswers(answers.mode))]
		: [...endpointWords(endpointUrl), ...answerWords(name, answers)];
}

/** The answers that a command takes, but those that it says anyway. */
function answerWords(name: CommandName, answers: Answers, implied: Answers = {}): readonly string[] {
	return answerRows.flatMap(([answer, {flag, commands, isImplied}]) => {
		const value = answers[answer];
		const isSaid = value === implied[answer] || value === undefined || value === defaultChain;
		return !commands.includes(name) || isSaid || isImplied?.(value, answers) ? [] : optionWords(flag, value);
	});
}

/** What `apply --sandbox` takes where nothing is said. */
function sandboxAnswers(mode: Mode = 'cross-region'): Answers {
	return {
		mode: 'cross-region',
		sourceProfile: sandboxProfiles.source,
		destinationProfile: mode === 'cross-account' ? sandboxProfiles.destination : sandboxProfiles.source,
		testFileCount: answerTable.testFileCount.defaultOf(),
		...tutorialNames(mode),
	};
}

/** An option with its value, a list with one for each; a switch that is off is not there. */
export function optionWords(
	flag: string,
	value: string | number | boolean | readonly string[],
): readonly string[] {
	if (typeof value === 'object') return value.flatMap((one) => optionWords(flag, one));
	if (typeof value === 'boolean') return value ? [`--${flag}`] : [];
	const word = quoted(String(value));
	// A value that begins like an option has to be tied to its own.
	return String(value).startsWith('-') ? [`--${flag}=${word}`] : [`--${flag}`, word];
}

/** The command that hands a set-up over to the owner of the other account: a file with what that side must do. */
export function handOverCommandOf(answers: Answers, accountId: string, endpointUrl: string | null): string {
	return command(
		'export',
		optionWords('for', 'destination'),
		optionWords('destination-account', accountId),
		// The account stands in the place of its profile.
		answerWords('export', answers, {destinationProfile: answers.destinationProfile}),
		endpointWords(endpointUrl),
	);
}

/** The command with which the owner of the source goes on, or of the destination looks, with a file that is handed over. */
export function receiptCommandOf(
	name: 'apply' | 'diagnose',
	file: string,
	profile: {readonly sourceProfile?: string; readonly destinationProfile?: string},
	endpointUrl: string | null,
): string {
	return command(
		name,
		optionWords('receipt', file),
		profileWords('source-profile', profile.sourceProfile),
		profileWords('destination-profile', profile.destinationProfile),
		endpointWords(endpointUrl),
	);
}

/** The command that follows a job, from this machine or another. */
export function jobCommandOf(
	jobId: string,
	{region, profile}: {readonly region: string; readonly profile: string},
	endpointUrl: string | null,
): string {
	return command(
		'batch',
		optionWords('job', jobId),
		optionWords('source-region', region),
		profileWords('source-profile', profile),
		endpointWords(endpointUrl),
	);
}

/** The command that copies the objects of a bucket that exist already. */
export function batchCommandOf(of: Replicated, endpointUrl: string | null): string {
	return command('batch', sourceWords(of, endpointUrl));
}

/** The bucket of a replication, and the profiles that see it and its destinations. */
export type Replicated = {
	readonly bucket: string;
	readonly profile: string;
	readonly destinationProfiles: readonly string[];
};

function sourceWords(
	{bucket, profile, destinationProfiles}: Replicated,
	endpointUrl: string | null,
): readonly string[] {
	const profiles = [...new Set(destinationProfiles)].filter((name) => name !== profile);
	return [
		...optionWords('source-bucket', bucket),
		...profileWords('source-profile', profile),
		...profiles.flatMap((name) => profileWords('destination-profile', name)),
		...endpointWords(endpointUrl),
	];
}

/** Whoever names no profile gets the default chain again. */
function profileWords(flag: string, profile: string | undefined): readonly string[] {
	return profile === undefined || profile === defaultChain ? [] : optionWords(flag, profile);
}

function endpointWords(endpointUrl: string | null): readonly string[] {
	return endpointUrl === null ? [] : optionWords('endpoint-url', endpointUrl);
}

/** The command that watches a bucket again. */
export function watchCommandOf(of: Replicated, endpointUrl: string | null): string {
	return command('watch', sourceWords(of, endpointUrl));
}

/** The command that finds why a bucket does not replicate, or one of its objects. */
export function diagnoseCommandOf(of: Replicated, endpointUrl: string | null, key?: string): string {
	const keyed = key === undefined ? [] : optionWords('key', key);
	return command('diagnose', sourceWords(of, endpointUrl), keyed);
}

/** The step that finds out why files are FAILED: S3 gives no reason with the status. */
export function diagnoseStep(of: Replicated, endpointUrl: string | null): string {
	return `Find the cause: ${diagnoseCommandOf(of, endpointUrl)}`;
}

/** The step that mends what a plan mends, once the cause is known. */
export function mendStep(of: Replicated, endpointUrl: string | null): string {
	return `See the mend, and make it after a yes: ${diagnoseCommandOf(of, endpointUrl)} --fix`;
}

/** The command that writes what is set up on a bucket as files. */
export function exportCommandOf(of: Replicated, endpointUrl: string | null): string {
	return command('export', sourceWords(of, endpointUrl), optionWords('format', 'terraform'));
}

/** The command that takes a run back where it was made, with the profiles that stand in for those of the record. */
export function undoCommandOf(
	runId: string,
	endpointUrl: string | null,
	{source, destination}: {readonly source?: string; readonly destination?: string} = {},
): string {
	return command(
		'undo',
		[quoted(runId)],
		profileWords('source-profile', source),
		profileWords('destination-profile', destination),
		endpointWords(endpointUrl),
	);
}

/** The command that closes a run without asking AWS anything. */
export function forgetCommandOf(runId: string): string {
	return `s3-replicate undo ${quoted(runId)} --forget`;
}

/** The command that shows the recorded runs. */
export const runsCommand = 's3-replicate runs';

/** The command that shows the tutorial without an AWS account. */
export const sandboxCommand = 's3-replicate apply --sandbox --yes';

/** What anybody can do whose profile, machine or files stand in the way. */
export const sandboxStep = `Try without an AWS account, on the sandbox: ${sandboxCommand}`;
