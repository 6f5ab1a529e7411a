import {type Problem, problemFrom} from '../domain/problem.js';
import {limits} from '../domain/limits.js';
import type {BatchJob} from '../domain/observed/batch-job.js';
import type {Plan} from '../domain/plan/plan.js';
import type {ExitCode} from '../command-line/exit-code.js';
import type {ArgumentsOf} from '../command-line/options.js';
import type {Session} from '../session/session.js';
import {answersOf} from './answers-of.js';
import {batchFaults, spanOf, statusesOf} from './batch/batch-arguments.js';
import {readManifest} from './batch/read-manifest.js';
import {runJob} from './batch/run-job.js';
import {canDraw, type Host} from './host/host.js';
import {screenOptions} from './host/screen-options.js';
import {refuse, runLines, usageProblem} from './run-lines.js';
import {missingBucket} from '../domain/bucket-problems.js';

/** `s3-replicate batch`: copies objects that exist already with S3 Batch Replication, or compares both buckets. */
export async function batchCommand(host: Host, given: ArgumentsOf<'batch'>): Promise<ExitCode> {
	const answers = {...answersOf(given), environment: 'aws' as const};
	const {sourceBucket} = answers;
	const isJson = Boolean(given.json);
	const faults = batchFaults(given);
	if (faults.length > 0) return refuse(host, usageProblem(faults, 'batch'), isJson);
	if (sourceBucket === undefined && given.job === undefined)
		return refuse(
			host,
			missingBucket('Name the bucket whose objects exist already.', 'Or follow a job: --job ID.'),
			isJson,
		);
	const view = {isDrawn: false};
	const line = {command: 'batch', given: {...given, reportFile: given.jobReportFile}, answers} as const;
	return runLines(
		host,
		{...line, showsDocuments: true, isDrawn: () => view.isDrawn},
		async (session): Promise<Problem | null> => {
			const destinationProfiles = given.destinationProfile ?? [];
			const follow = async (pollMs: number) => followed(host, given, session, pollMs, view);
			try {
				if (given.job !== undefined) {
					await session.openJob(given.job, {answers, destinationProfiles});
					const problem = await runJob(host, session, given, follow);
					const {sourceBucket: of} = session.getState().run.batch?.job ?? {};
					const source = {sourceBucket: of ?? '', answers, destinationProfiles};
					return problem ?? (await verifiedAfter(session, given, source)) ?? null;
				}

				const source = {sourceBucket: sourceBucket ?? '', answers, destinationProfiles};
				if (given.verify) return (await verified(session, given, source)) ?? null;
				const plan = await planned(session, given, source);
				const problem = await runJob(host, session, given, follow, plan);
				return problem ?? (await verifiedAfter(session, given, source)) ?? null;
			} catch (error) {
				return problemFrom(error);
			}
		},
	);
}

type Source = Parameters<Session['verifyBuckets']>[0] extends infer Request
	? Pick<Request & Parameters<Session['planJob']>[0], 'sourceBucket' | 'answers' | 'destinationProfiles'>
	: never;

async function verified(
	session: Session,
	given: ArgumentsOf<'batch'>,
	source: Source,
): Promise<Problem | undefined> {
	return session.verifyBuckets({
		...source,
		...spanOf(given),
		lagMs: given.lag === undefined ? limits.replicationLagMs : given.lag * 1000,
		maxObjects: given.maxObjects ?? limits.comparedObjects,
	});
}

/** Compares both sides once a job is complete, where that was asked for; what it did not copy is told already. */
async function verifiedAfter(
	session: Session,
	given: ArgumentsOf<'batch'>,
	source: Source,
): Promise<Problem | undefined> {
	const {finished} = session.getState().run.batch ?? {};
	return given.verifyAfter && finished ? verified(session, given, source) : undefined;
}

async function planned(
	session: Session,
	given: ArgumentsOf<'batch'>,
	source: Source,
): Promise<Plan | undefined> {
	const manifest =
		given.manifest === undefined ? undefined : await readManifest(given.manifest, source.sourceBucket);
	return session.planJob({
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
}

/** Follows the job, on a screen where one can be drawn. */
async function followed(
	host: Host,
	given: ArgumentsOf<'batch'>,
	session: Session,
	pollMs: number,
	view: {isDrawn: boolean},
): Promise<BatchJob> {
	const follow = async () => session.followJob(pollMs);
	if (given.json || !canDraw(host, given)) return follow();
	const options = screenOptions(host, given);
	const {runJobView} = await import('../ui/app/run-job-view.js');
	view.isDrawn = true;
	try {
		return await runJobView(session, follow, options);
	} finally {
		view.isDrawn = false;
	}
}
