import type {Connection} from '../../aws/ports.js';
import type {ReportReading} from '../../domain/batch/batch-event.js';
import {countText} from '../../domain/batch/count-text.js';
import {countReport} from '../../domain/batch/failure-groups.js';
import {type BatchJob, isJobOver, isJobRequest, openJobStatuses} from '../../domain/observed/batch-job.js';
import {ProblemError} from '../../domain/problem.js';
import type {RunningJob, UndoJob} from '../../domain/take-back/undo-observed.js';
import {readReport} from '../batch/read-report.js';
import {inParallel} from '../in-parallel.js';
import {throwUnlessRefused} from './unless-refused.js';
import type {OperationStep} from '../../domain/record/run-record.js';

type Place = {readonly accountId: string; readonly region: string};

/** Where a profile looks for jobs. */
export type JobPlace = Place & {readonly profile: string};

/** Of a long report so many failures are read, and told as no more than that. */
const maxFailures = 100_000;

type OnReading = (reading: ReportReading) => void;
const asksAtOnce = 8;

/**
 * Looks for the job that a step of a record made, by the id that AWS answered; where no answer is recorded, among the jobs that are not
 * over by what it is described as, which has the run's id.
 */
export function jobOfStep(
	step: OperationStep,
	connectionOf: (profile: string) => Connection,
	onReading: OnReading,
	signal?: AbortSignal,
): ReadonlyArray<readonly [token: string, found: Promise<UndoJob | undefined>]> {
	const {operation, profile, answer} = step;
	if (!('after' in operation) || !isJobRequest(operation.after)) return [];
	const {ClientRequestToken: token, Description: description} = operation.after;
	const place = {accountId: operation.account, region: operation.region};
	const named = {jobId: answer?.jobId, description};
	return [[token, jobThere(connectionOf(profile), place, named, onReading, signal)]];
}

async function jobThere(
	connection: Connection,
	place: Place,
	{jobId, description}: {readonly jobId: string | undefined; readonly description: string},
	onReading: OnReading,
	signal?: AbortSignal,
): Promise<UndoJob | undefined> {
	const {jobs} = connection;
	const id =
		jobId ??
		(await jobs.list(place, openJobStatuses, signal)).find((one) => one.description === description)?.jobId;
	const found = id === undefined ? undefined : await jobs.describe({...place, jobId: id}, signal);
	if (!found) return undefined;
	const {status, progress} = found;
	return {
		jobId: found.jobId,
		status,
		succeeded: progress.succeeded,
		...(isJobOver(status) ? await reportRead(found, connection, place, onReading, signal) : {}),
	};
}

/**
 * Reads what the report of a job that is over tells of its failures, before it is deleted. A report that is not there tells nothing: none is
 * written where nothing was tried, or where it may not be.
 */
export async function reportRead(
	{jobId, report, progress}: Pick<BatchJob, 'jobId' | 'report' | 'progress'>,
	{objects}: {readonly objects: Pick<Connection['objects'], 'read'>},
	place: Place,
	onReading: OnReading,
	signal?: AbortSignal,
): Promise<Pick<UndoJob, 'failures' | 'unreadReport'>> {
	const {failed} = progress;
	if (!report || failed === 0) return {};
	onReading({jobId, failed, read: Math.min(failed, maxFailures)});
	const counted = countReport();
	const reference = {...place, bucket: report.bucket};
	try {
		for await (const results of readReport(objects, reference, {prefix: report.prefix, jobId}, signal)) {
			for (const result of results) if (counted.counts().failed < maxFailures) counted.add(result);
			if (counted.counts().failed >= maxFailures) break;
		}
	} catch (error) {
		if (!(error instanceof ProblemError)) throw error;
		if (error.answer?.code === 'NoSuchKey' || error.answer?.code === 'NoSuchBucket') return {};
		if (error.answer) throwUnlessRefused(error);
		return {unreadReport: `${error.problem.headline}: ${error.problem.cause}`};
	}

	const groups = counted.groups().map(({reason, count}) => `${countText(count)} ${reason}`);
	const {failed: read} = counted.counts();
	return {failures: read < failed ? [...groups, `of ${countText(failed)} in all`] : groups};
}

/** The jobs that are not over in some places, but those of the run itself, which its undo cancels. */
export async function observeRunningJobs(
	places: readonly JobPlace[],
	ownIds: ReadonlySet<string>,
	connectionOf: (profile: string) => Connection,
	signal?: AbortSignal,
): Promise<readonly RunningJob[]> {
	const found: RunningJob[] = [];
	for (const {profile, ...place} of places) {
		const {jobs} = connectionOf(profile);
		const open = await jobs.list(place, openJobStatuses, signal);
		const others = open.filter(({jobId}) => !ownIds.has(jobId));
		await inParallel(others, asksAtOnce, async ({jobId}) => {
			const job = await jobs.describe({...place, jobId}, signal);
			if (job && !isJobOver(job.status))
				found.push({jobId, roleArn: job.roleArn, reportBucket: job.report?.bucket});
		});
	}

	return found;
}
