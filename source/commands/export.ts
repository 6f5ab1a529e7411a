import {defaultChain} from '../domain/answers/answers.js';
import {answerRows} from '../domain/answers/answer-table.js';
import {accountIdFault, othersProfile} from '../domain/answers/others-profile.js';
import {requestFrom} from '../domain/answers/request.js';
import {fixable, joined, problemFrom} from '../domain/problem.js';
import type {ExitCode} from '../command-line/exit-code.js';
import type {ArgumentsOf} from '../command-line/options.js';
import {answersOf} from './answers-of.js';
import type {Host} from './host/host.js';
import {refuse, runLines, usageProblem} from './run-lines.js';

/** `s3-replicate export`: writes what is set up on a bucket, ours or not, as files of another tool, or what another owner must do. Changes nothing in AWS. */
export async function exportCommand(host: Host, given: ArgumentsOf<'export'>): Promise<ExitCode> {
	const faults = faultsOf(given);
	if (faults.length > 0) return refuse(host, usageProblem(faults, 'export'), Boolean(given.json));
	if (given.handsOverTo !== undefined) return exportForDestination(host, given);
	const answers = {...answersOf(given), environment: 'aws' as const};
	const {sourceBucket} = answers;
	const {format, directory, destinationProfile: destinationProfiles = []} = given;
	if (sourceBucket === undefined || format === undefined)
		return refuse(host, missing(given), Boolean(given.json));
	return runLines(host, {command: 'export', given, answers}, async (session) => {
		try {
			await session.exportSetUp({
				...{sourceBucket, answers, destinationProfiles, format},
				...(directory === undefined ? {} : {directory}),
			});
			return null;
		} catch (error) {
			return problemFrom(error);
		}
	});
}

/** The hand-over file for an owner whose credentials nobody here has. */
async function exportForDestination(host: Host, given: ArgumentsOf<'export'>): Promise<ExitCode> {
	const {sourceBucket, destinationBucket, destinationAccount} = given;
	if (sourceBucket === undefined || destinationBucket === undefined || destinationAccount === undefined)
		return refuse(host, missingForDestination(given), Boolean(given.json));
	const answers = {
		...answersOf(given),
		environment: 'aws' as const,
		mode: 'cross-account' as const,
		sourceProfile: given.sourceProfile ?? defaultChain,
		destinationProfile: othersProfile(destinationAccount),
	};
	const checked = requestFrom(answers);
	if (!checked.ok) return refuse(host, joined(checked.problems), Boolean(given.json));
	return runLines(host, {command: 'export', given, answers}, async (session) => {
		try {
			const result = await session.makePlan(answers);
			if (!result.ok) return joined(result.problems);
			await session.handOver(given.receipt);
			return null;
		} catch (error) {
			return problemFrom(error);
		}
	});
}

/** Options that say nothing together. */
function faultsOf(given: ArgumentsOf<'export'>): readonly string[] {
	const {handsOverTo, destinationAccount, receipt, format, directory, destinationProfile = []} = given;
	if (handsOverTo === undefined) {
		const others = answerRows
			.filter(([name]) => !ofSetUp.has(name) && given[name as keyof typeof given] !== undefined)
			.map(([, {flag}]) => `--${flag}`);
		if (destinationAccount !== undefined) others.push('--destination-account');
		if (receipt !== undefined) others.push('--receipt');
		return others.length === 0
			? []
			: [`${others.join(', ')}: only with --for destination; what is set up is exported as it is.`];
	}

	const faults: string[] = [];
	if (format !== undefined || directory !== undefined)
		faults.push('--for writes one file, --receipt FILE: leave out --format and --directory.');
	if (destinationProfile.length > 0)
		faults.push(
			'--for destination is for an owner of whom you have no profile: leave out --destination-profile.',
		);
	const fault = destinationAccount === undefined ? undefined : accountIdFault(destinationAccount);
	if (fault !== undefined) faults.push(`--destination-account cannot be used. ${fault}`);
	return faults;
}

/** What names the bucket whose set-up is exported. */
const ofSetUp: ReadonlySet<string> = new Set([
	'sourceProfile',
	'destinationProfile',
	'sourceBucket',
	'sourceRegion',
]);

function missing({sourceBucket, format}: ArgumentsOf<'export'>) {
	const flags = [
		...(sourceBucket === undefined ? ['--source-bucket NAME'] : []),
		...(format === undefined ? ['--format terraform or --format aws-cli'] : []),
	];
	return missingProblem(flags, 'Name the bucket whose replication is exported, and what it is exported as.');
}

function missingForDestination(given: ArgumentsOf<'export'>) {
	const {sourceBucket, destinationBucket, destinationAccount} = given;
	const flags = [
		...(sourceBucket === undefined ? ['--source-bucket NAME'] : []),
		...(destinationBucket === undefined ? ['--destination-bucket NAME'] : []),
		...(destinationAccount === undefined ? ['--destination-account ID'] : []),
	];
	return missingProblem(flags, 'Name both buckets, and the account that owns the destination.');
}

function missingProblem(flags: readonly string[], cause: string) {
	const names = flags.map((flag) => flag.split(' ')[0]).join(' and ');
	return fixable(
		'missing-answers',
		`Cannot start: ${names} ${flags.length === 1 ? 'is' : 'are'} missing`,
		cause,
		flags.map((flag) => `Add ${flag}.`),
	);
}
