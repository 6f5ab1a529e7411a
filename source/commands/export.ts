import {fixable, problemFrom} from '../domain/problem.js';
import type {ExitCode} from '../command-line/exit-code.js';
import type {ArgumentsOf} from '../command-line/options.js';
import {answersOf} from './answers-of.js';
import type {Host} from './host/host.js';
import {refuse, runLines} from './run-lines.js';

/** `s3-replicate export`: writes what is set up on a bucket, ours or not, as files of another tool. Changes nothing in AWS. */
export async function exportCommand(host: Host, given: ArgumentsOf<'export'>): Promise<ExitCode> {
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

function missing({sourceBucket, format}: ArgumentsOf<'export'>) {
	const flags = [
		...(sourceBucket === undefined ? ['--source-bucket NAME'] : []),
		...(format === undefined ? ['--format terraform or --format aws-cli'] : []),
	];
	const names = flags.map((flag) => flag.split(' ')[0]).join(' and ');
	return fixable(
		'missing-answers',
		`Cannot start: ${names} ${flags.length === 1 ? 'is' : 'are'} missing`,
		'Name the bucket whose replication is exported, and what it is exported as.',
		flags.map((flag) => `Add ${flag}.`),
	);
}
