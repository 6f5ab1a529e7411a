import {type Answers, defaultChain} from './answers.js';
import {answerRows, answerTable} from './answer-table.js';
import type {Mode} from './mode.js';
import {sandboxProfiles, tutorialNames} from './tutorial.js';
import {quoted} from '../text/shell-word.js';

/** The command that does the same without questions; what it says anyway is left out. */
export function applyCommand(answers: Answers, endpointUrl: string | null): string {
	const words = ['s3-replicate', 'apply'];
	if (answers.environment === 'sandbox') words.push('--sandbox');
	else if (endpointUrl !== null) words.push(...optionWords('endpoint-url', endpointUrl));
	const implied: Answers = answers.environment === 'sandbox' ? sandboxAnswers(answers.mode) : {};
	for (const [name, {flag, isImplied}] of answerRows) {
		const value = answers[name];
		if (value === implied[name]) continue;
		if (value === undefined || value === defaultChain || isImplied?.(value, answers)) continue;
		words.push(...optionWords(flag, value));
	}

	words.push('--yes');
	return words.join(' ');
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
function optionWords(flag: string, value: string | number | boolean | readonly string[]): readonly string[] {
	if (typeof value === 'object') return value.flatMap((one) => optionWords(flag, one));
	if (typeof value === 'boolean') return value ? [`--${flag}`] : [];
	const word = quoted(String(value));
	// A value that begins like an option has to be tied to its own.
	return String(value).startsWith('-') ? [`--${flag}=${word}`] : [`--${flag}`, word];
}

/** The command that follows a job, from this machine or another. */
export function jobCommandOf(
	jobId: string,
	{region, profile}: {readonly region: string; readonly profile: string},
	endpointUrl: string | null,
): string {
	const words = ['s3-replicate', 'batch', '--job', quoted(jobId), '--source-region', quoted(region)];
	if (profile !== defaultChain) words.push('--source-profile', quoted(profile));
	if (endpointUrl !== null) words.push('--endpoint-url', quoted(endpointUrl));
	return words.join(' ');
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
		...(profile === defaultChain ? [] : optionWords('source-profile', profile)),
		...profiles.flatMap((name) => (name === defaultChain ? [] : optionWords('destination-profile', name))),
		...(endpointUrl === null ? [] : optionWords('endpoint-url', endpointUrl)),
	];
}

/** The command that watches a bucket again. */
export function watchCommandOf(of: Replicated, endpointUrl: string | null): string {
	return ['s3-replicate', 'watch', ...sourceWords(of, endpointUrl)].join(' ');
}

/** The command that finds why a bucket does not replicate. */
export function diagnoseCommandOf(of: Replicated, endpointUrl: string | null): string {
	return ['s3-replicate', 'diagnose', ...sourceWords(of, endpointUrl)].join(' ');
}

/** The command that writes what is set up on a bucket as files. */
export function exportCommandOf(of: Replicated, endpointUrl: string | null): string {
	return [
		...['s3-replicate', 'export', ...sourceWords(of, endpointUrl)],
		...optionWords('format', 'terraform'),
	].join(' ');
}

/** The command that takes a run back where it was made. */
export function undoCommandOf(runId: string, endpointUrl: string | null): string {
	const at = endpointUrl === null ? '' : ` --endpoint-url ${quoted(endpointUrl)}`;
	return `s3-replicate undo ${quoted(runId)}${at}`;
}
