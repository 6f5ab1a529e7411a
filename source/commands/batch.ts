import type {Problem} from '../domain/problem.js';
import {limits} from '../domain/limits.js';
import type {BatchJob} from '../domain/observed/batch-job.js';
import type {Plan} from '../domain/plan/plan.js';
import type {ExitCode} from '../command-line/exit-code.js';
import type {ArgumentsOf} from '../command-line/options.js';
import type {SourceRequest} from '../session/actions/core/run-context.js';
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
	const faults = batchFaults(given);
	if (faults.length > 0) return refuse(host, usageProblem(faults, 'batch'), given);
	if (sourceBucket === undefined && given.job === undefined)
		return refuse(
			host,
			missingBucket('Name the bucket whose objects exist already.', 'Or follow a job: --job ID.'),
			given,
		);
	const view = {isDrawn: false};
	const line = {command: 'batch', given: {...given, reportFile: given.jobReportFile}, answers} as const;
	const options = {...line, showsDocuments: true, isDrawn: () => view.isDrawn};
	return runLines(host, options, async (session): Promise<Problem | null> => {
		const {job, destinationProfile: destinationProfiles = []} = given;
		const follow = async (pollMs: number) => followed(host, given, session, pollMs, view);
		const source = {sourceBucket: sourceBucket ?? '', answers, destinationProfiles};
		if (job !== undefined) await session.openJob(job, source);
		else if (given.verify) return (await verified(session, given, source)) ?? null;
		const plan = job === undefined ? await planned(session, given, source) : undefined;
		const problem = await runJob(host, session, given, follow, plan);
		const {job: seen, finished} = session.getState().run.batch ?? {};
		// What the job did not copy is told already.
		if (problem || !finished || !given.verifyAfter) return problem ?? null;
		return (await verified(session, given, {...source, sourceBucket: seen?.sourceBucket ?? ''})) ?? null;
	});
}

/** Compares both sides. */
async function verified(
	session: Session,
	given: ArgumentsOf<'batch'>,
	source: SourceRequest,
): Promise<Problem | undefined> {
	return session.verifyBuckets({
		...source,
		...spanOf(given),
		lagMs: given.lag === undefined ? limits.replicationLagMs : given.lag * 1000,
		maxObjects: given.maxObjects ?? limits.comparedObjects,
	});
}

async function planned(
	session: Session,
	given: ArgumentsOf<'batch'>,
	source: SourceRequest,
): Promise<Plan | undefined> {
	const {manifest: file, jobStorageClass: storageClasses, reportBucket, jobRole: roleArn} = given;
	const manifest = file === undefined ? undefined : await readManifest(file, source.sourceBucket);
	return session.planJob({
		...source,
		wanted: {...spanOf(given), statuses: statusesOf(given), storageClasses, manifest: manifest?.described},
		...{manifest: manifest?.body, reportBucket, roleArn},
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
