import {type Answers, defaultChain} from './answers.js';
import {answerRows, answerTable} from './answer-table.js';
import type {Mode} from './mode.js';
import {sandboxProfiles, tutorialNames} from './tutorial.js';
import {quoted} from '../text/shell-word.js';

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
	return [...answeringWords('apply', answers, endpointUrl), ...besides, '--yes'].join(' ');
}

/** The command that plans the same anew and writes the plan into a file. */
export function planCommandOf(answers: Answers, endpointUrl: string | null, file: string): string {
	return [...answeringWords('plan', answers, endpointUrl), ...optionWords('plan-file', file)].join(' ');
}

function answeringWords(
	command: 'apply' | 'plan',
	answers: Answers,
	endpointUrl: string | null,
): readonly string[] {
	const words = ['s3-replicate', command];
	if (answers.environment === 'sandbox') words.push('--sandbox');
	else words.push(...endpointWords(endpointUrl));
	const implied: Answers = answers.environment === 'sandbox' ? sandboxAnswers(answers.mode) : {};
	for (const [name, {flag, commands, isImplied}] of answerRows) {
		const value = answers[name];
		if (!commands.includes(command) || value === implied[name]) continue;
		if (value === undefined || value === defaultChain || isImplied?.(value, answers)) continue;
		words.push(...optionWords(flag, value));
	}

	return words;
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
export function handOverCommandOf(
	answers: Answers,
	accountId: string,
	endpointUrl: string | null,
	file?: string,
): string {
	const words = ['s3-replicate', 'export', ...optionWords('for', 'destination')];
	words.push(...optionWords('destination-account', accountId));
	for (const [name, {flag, commands, isImplied}] of answerRows) {
		const value = answers[name];
		if (name === 'mode' || name === 'destinationProfile' || !commands.includes('export')) continue;
		if (value === undefined || value === defaultChain || isImplied?.(value, answers)) continue;
		words.push(...optionWords(flag, value));
	}

	if (file !== undefined) words.push(...optionWords('receipt', file));
	return [...words, ...endpointWords(endpointUrl)].join(' ');
}

/** The command with which the owner of the source goes on, or of the destination looks, with a file that is handed over. */
export function receiptCommandOf(
	command: 'apply' | 'diagnose',
	file: string,
	profile: {readonly sourceProfile?: string; readonly destinationProfile?: string},
	endpointUrl: string | null,
): string {
	return [
		...['s3-replicate', command, ...optionWords('receipt', file)],
		...profileWords('source-profile', profile.sourceProfile),
		...profileWords('destination-profile', profile.destinationProfile),
		...endpointWords(endpointUrl),
	].join(' ');
}

/** The command that follows a job, from this machine or another. */
export function jobCommandOf(
	jobId: string,
	{region, profile}: {readonly region: string; readonly profile: string},
	endpointUrl: string | null,
): string {
	return [
		...['s3-replicate', 'batch', ...optionWords('job', jobId), ...optionWords('source-region', region)],
		...profileWords('source-profile', profile),
		...endpointWords(endpointUrl),
	].join(' ');
}

/** The command that copies the objects of a bucket that exist already. */
export function batchCommandOf(
	{bucket, profile, destinationProfiles}: Replicated,
	endpointUrl: string | null,
): string {
	return ['s3-replicate', 'batch', ...sourceWords({bucket, profile, destinationProfiles}, endpointUrl)].join(
		' ',
	);
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
	return ['s3-replicate', 'watch', ...sourceWords(of, endpointUrl)].join(' ');
}

/** The command that finds why a bucket does not replicate, or one of its objects. */
export function diagnoseCommandOf(of: Replicated, endpointUrl: string | null, key?: string): string {
	const keyed = key === undefined ? [] : optionWords('key', key);
	return ['s3-replicate', 'diagnose', ...sourceWords(of, endpointUrl), ...keyed].join(' ');
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
	return [
		...['s3-replicate', 'export', ...sourceWords(of, endpointUrl)],
		...optionWords('format', 'terraform'),
	].join(' ');
}

/** The command that takes a run back where it was made, with the profiles that stand in for those of the record. */
export function undoCommandOf(
	runId: string,
	endpointUrl: string | null,
	{source, destination}: {readonly source?: string; readonly destination?: string} = {},
): string {
	return [
		...['s3-replicate', 'undo', quoted(runId)],
		...profileWords('source-profile', source),
		...profileWords('destination-profile', destination),
		...endpointWords(endpointUrl),
	].join(' ');
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
