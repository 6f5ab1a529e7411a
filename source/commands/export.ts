import {defaultChain} from '../domain/answers/answers.js';
import {answerRows} from '../domain/answers/answer-table.js';
import {accountIdFault, othersProfile} from '../domain/answers/others-profile.js';
import {requestFrom} from '../domain/answers/request.js';
import {fixable, joined} from '../domain/problem.js';
import type {ExitCode} from '../command-line/exit-code.js';
import type {ArgumentsOf} from '../command-line/options.js';
import {answersOf} from './answers-of.js';
import type {Host} from './host/host.js';
import {flagsIn, refuse, runLines, usageProblem} from './run-lines.js';

/** `s3-replicate export`: writes what is set up on a bucket, ours or not, as files of another tool, or what another owner must do. Changes nothing in AWS. */
export async function exportCommand(host: Host, given: ArgumentsOf<'export'>): Promise<ExitCode> {
	const faults = faultsOf(given);
	if (faults.length > 0) return refuse(host, usageProblem(faults, 'export'), given);
	if (given.handsOverTo !== undefined) return exportForDestination(host, given);
	const answers = {...answersOf(given), environment: 'aws' as const};
	const {sourceBucket} = answers;
	const {format, directory, destinationProfile: destinationProfiles = []} = given;
	if (sourceBucket === undefined || format === undefined)
		return refuse(
			host,
			missing(given, 'setUp', 'Name the bucket whose replication is exported, and what it is exported as.'),
			given,
		);
	return runLines(host, {command: 'export', given, answers}, async (session) => {
		await session.exportSetUp({sourceBucket, answers, destinationProfiles, format, directory});
		return null;
	});
}

/** The hand-over file for an owner whose credentials nobody here has. */
async function exportForDestination(host: Host, given: ArgumentsOf<'export'>): Promise<ExitCode> {
	const {sourceBucket, destinationBucket, destinationAccount} = given;
	if (sourceBucket === undefined || destinationBucket === undefined || destinationAccount === undefined)
		return refuse(
			host,
			missing(given, 'handOver', 'Name both buckets, and the account that owns the destination.'),
			given,
		);
	const answers = {
		...answersOf(given),
		environment: 'aws' as const,
		mode: 'cross-account' as const,
		sourceProfile: given.sourceProfile ?? defaultChain,
		destinationProfile: othersProfile(destinationAccount),
	};
	const checked = requestFrom(answers);
	if (!checked.ok) return refuse(host, joined(checked.problems), given);
	return runLines(host, {command: 'export', given, answers}, async (session) => {
		const result = await session.makePlan(answers);
		if (!result.ok) return joined(result.problems);
		await session.handOver(given.receipt);
		return null;
	});
}

/** Options that say nothing together. */
function faultsOf(given: ArgumentsOf<'export'>): readonly string[] {
	const {handsOverTo, destinationAccount, format, directory, destinationProfile = []} = given;
	if (handsOverTo === undefined) {
		const names = answerRows.map(([name]) => name).filter((name) => !ofSetUp.has(name));
		const others = flagsIn(given, [...names, 'destinationAccount', 'receipt']);
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

const neededFor = {
	setUp: {sourceBucket: '--source-bucket NAME', format: '--format terraform or --format aws-cli'},
	handOver: {
		sourceBucket: '--source-bucket NAME',
		destinationBucket: '--destination-bucket NAME',
		destinationAccount: '--destination-account ID',
	},
} as const satisfies Readonly<Record<string, {readonly [Name in keyof ArgumentsOf<'export'>]?: string}>>;

function missing(given: ArgumentsOf<'export'>, what: keyof typeof neededFor, cause: string) {
	const flags = Object.entries(neededFor[what])
		.filter(([name]) => given[name as keyof typeof given] === undefined)
		.map(([, flag]) => flag);
	const names = flags.map((flag) => flag.split(' ')[0]).join(' and ');
	return fixable(
		'missing-answers',
		`Cannot start: ${names} ${flags.length === 1 ? 'is' : 'are'} missing`,
		cause,
		flags.map((flag) => `Add ${flag}.`),
	);
}
