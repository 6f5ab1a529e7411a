import {fixable, type Problem, problemFrom} from '../domain/problem.js';
import {limits} from '../domain/limits.js';
import type {ExitCode} from '../command-line/exit-code.js';
import type {ArgumentsOf} from '../command-line/options.js';
import type {Session} from '../session/session.js';
import {answersOf} from './answers-of.js';
import {batchFaults, spanOf, statusesOf} from './batch/batch-arguments.js';
import {readManifest} from './batch/read-manifest.js';
import {runJob} from './batch/run-job.js';
import type {Host} from './host/host.js';
import {refuse, runLines, usageProblem} from './run-lines.js';

/** So many objects are listed to compare two buckets; beyond, S3 Inventory is the better way. */
const mostObjects = 10_000_000;

/** `s3-replicate batch`: copies objects that exist already with S3 Batch Replication, or compares both buckets. */
export async function batchCommand(host: Host, given: ArgumentsOf<'batch'>): Promise<ExitCode> {
	const answers = {...answersOf(given), environment: 'aws' as const};
	const {sourceBucket} = answers;
	const isJson = Boolean(given.json);
	const faults = batchFaults(given);
	if (faults.length > 0) return refuse(host, usageProblem(faults, 'batch'), isJson);
	if (sourceBucket === undefined && given.job === undefined) return refuse(host, missingBucket, isJson);
	const line = {command: 'batch', given: {...given, reportFile: given.jobReportFile}, answers} as const;
	return runLines(host, {...line, showsDocuments: true}, async (session): Promise<Problem | null> => {
		const destinationProfiles = given.destinationProfile ?? [];
		try {
			if (given.job !== undefined) {
				await session.openJob(given.job, {answers, destinationProfiles});
				return (await runJob(host, session, given)) ?? null;
			}

			const source = {sourceBucket: sourceBucket ?? '', answers, destinationProfiles};
			return (await (given.verify ? verified : copied)(host, session, given, source)) ?? null;
		} catch (error) {
			return problemFrom(error);
		}
	});
}

type Source = Parameters<Session['verifyBuckets']>[0] extends infer Request
	? Pick<Request & Parameters<Session['planJob']>[0], 'sourceBucket' | 'answers' | 'destinationProfiles'>
	: never;

async function verified(
	_host: Host,
	session: Session,
	given: ArgumentsOf<'batch'>,
	source: Source,
): Promise<Problem | undefined> {
	return session.verifyBuckets({
		...source,
		...spanOf(given),
		lagMs: given.lag === undefined ? limits.replicationLagMs : given.lag * 1000,
		mostObjects: given.mostObjects ?? mostObjects,
	});
}

async function copied(
	host: Host,
	session: Session,
	given: ArgumentsOf<'batch'>,
	source: Source,
): Promise<Problem | undefined> {
	const manifest =
		given.manifest === undefined ? undefined : await readManifest(given.manifest, source.sourceBucket);
	const plan = await session.planJob({
		...source,
		wanted: {
			...spanOf(given),
			statuses: statusesOf(given),
			...(given.jobStorageClass === undefined ? {} : {storageClasses: given.jobStorageClass}),
			...(manifest ? {manifest: manifest.described} : {}),
		},
		...(manifest ? {manifest: manifest.body} : {}),
		...(given.reportBucket === undefined ? {} : {reportBucket: given.reportBucket}),
		...(given.jobRole === undefined ? {} : {roleArn: given.jobRole}),
	});
	return runJob(host, session, given, plan);
}

const missingBucket = fixable(
	'missing-answers',
	'Cannot start: --source-bucket is missing',
	'Name the bucket whose objects exist already.',
	['Add --source-bucket NAME.', 'Or follow a job: --job ID.'],
);
