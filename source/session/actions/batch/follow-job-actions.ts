import {defaultChain} from '../../../domain/answers/answers.js';
import {describedRun} from '../../../domain/batch/job-description.js';
import {type BatchJob, isJobOver} from '../../../domain/observed/batch-job.js';
import type {ObservedReplication} from '../../../domain/observed/observed-replication.js';
import {type Problem, ProblemError, problemFrom} from '../../../domain/problem.js';
import {unexplainedIn} from '../../../domain/batch/failure-groups.js';
import {followJob} from '../../../engine/batch/follow-job.js';
import {noJob} from './batch-notes.js';
import {commandsOf, failuresOf, isNothingToCopy, jobProblem, withEvidence} from './batch-report.js';
import type {JobInHand} from './job-in-hand.js';
import type {RunContext, SourceRequest} from '../core/run-context.js';
import {replicatedOf} from './verify-actions.js';

export type FollowJobActions = {
	/** Takes a job that exists, of this machine or another. Throws where there is none. */
	readonly openJob: (
		jobId: string,
		request: Pick<SourceRequest, 'answers' | 'destinationProfiles'>,
	) => Promise<void>;
	/** Follows the job until it is over, or waits to be confirmed, or somebody leaves it. Gives it as it was last seen. */
	readonly followJob: (pollMs: number) => Promise<BatchJob>;
	/** Ends the following; the job runs on. */
	readonly leaveJob: () => void;
	/** Lets the job begin. */
	readonly confirmJob: () => Promise<void>;
	/** Has a job cancelled that waits for a yes, after a no. */
	readonly declineJob: () => Promise<void>;
	/** Has the job cancelled; what it has copied stays. */
	readonly cancelJob: () => Promise<void>;
	/** Reads the report of a job that is over, and tells what it has come to. Gives the problem of one that did not copy everything. */
	readonly endJob: (keepsReport: boolean) => Promise<Problem | undefined>;
};

/**
 * What is done with a job once there is one.
 *
 * @param observe reads the rules of a source
 * @param madeAgain makes a job again that failed for its new role, and gives whether there is another one now
 */
export function createFollowJobActions(
	context: RunContext,
	inHand: JobInHand,
	observe: (source: SourceRequest) => Promise<ObservedReplication>,
	madeAgain: (failed: BatchJob) => Promise<boolean>,
): FollowJobActions {
	const {core, play, signal} = context;
	const {emit, options} = core;
	const {clock} = options.services;
	let following = new AbortController();

	async function setStatus(status: 'Ready' | 'Cancelled', reason: string): Promise<void> {
		const {profile, ...reference} = inHand.theJob();
		const {jobs} = await context.connection(profile);
		await jobs.setStatus(reference, status, reason);
		inHand.isAnswered = true;
	}

	return {
		async openJob(jobId, {answers, destinationProfiles}) {
			const {sourceProfile = defaultChain, sourceRegion} = answers;
			const connection = await context.connection(sourceProfile);
			const {accountId} = await connection.identity.getCaller(signal);
			const region = sourceRegion ?? connection.homeRegion;
			const reference = {jobId, accountId, region};
			const job = await connection.jobs.describe(reference, signal);
			if (!job) throw new ProblemError(noJob(jobId, region));
			inHand.take({...reference, profile: sourceProfile});
			const sourceBucket = job.sourceBucket ?? describedRun(job)?.sourceBucket ?? '';
			// What cannot be looked at keeps nobody from following the job.
			const source = {sourceBucket, answers, destinationProfiles};
			inHand.observed = await observe(source).catch(() => undefined);
			inHand.replicated = sourceBucket === '' ? undefined : replicatedOf(source);
			emit(inHand.seenAs({sourceBucket, madeBy: describedRun(job)?.runId ?? null, isNew: false}));
		},
		async followJob(pollMs) {
			for (;;) {
				const {profile, ...reference} = inHand.theJob();
				const {jobs} = await context.connection(profile);
				following = new AbortController();
				const {signal: leaving} = following;
				try {
					await play(
						followJob({
							...{jobs, reference, pollMs, isConfirmed: inHand.isAnswered, clock},
							signal: AbortSignal.any([signal, leaving]),
							onSeen(job) {
								inHand.last = job;
							},
						}),
					);
				} catch (error) {
					if (!leaving.aborted) throw error;
				}

				signal.throwIfAborted();
				const {last} = inHand;
				if (!last) throw new Error('The job was not seen.');
				if (leaving.aborted || !(await madeAgain(last))) return last;
			}
		},
		leaveJob() {
			following.abort();
		},
		async confirmJob() {
			await setStatus('Ready', 's3-replicate: confirmed');
		},
		async declineJob() {
			await setStatus('Cancelled', 's3-replicate: cancelled');
		},
		async cancelJob() {
			// Before it is asked for: who follows the job may see its end first.
			inHand.isCancelledHere = true;
			try {
				await setStatus('Cancelled', 's3-replicate: cancelled');
			} catch (error) {
				inHand.isCancelledHere = false;
				throw error;
			}
		},
		async endJob(keepsReport) {
			const {profile, accountId, region, jobId} = inHand.theJob();
			const {last: job, observed} = inHand;
			if (!job || !isJobOver(job.status)) throw new Error('The job is not over.');
			const {status, progress, report} = job;
			const isNothing = isNothingToCopy(job);
			const isReportWanted = report !== undefined && progress.failed > 0;
			let unread: Problem | undefined;
			const groups = isReportWanted
				? await failuresOf(
						context,
						{
							connection: await context.connection(profile),
							reference: {bucket: report.bucket, accountId, region},
							prefix: report.prefix,
							jobId,
						},
						keepsReport,
					).catch((error: unknown) => {
						signal.throwIfAborted();
						unread = problemFrom(error);
						return [];
					})
				: [];
			const failures = withEvidence(groups, observed);
			emit({
				type: 'job-finished',
				jobId,
				status,
				total: progress.total ?? null,
				succeeded: progress.succeeded,
				failed: progress.failed,
				isNothingToCopy: isNothing,
				failures,
			});
			if (isNothing) return undefined;
			const {replicated, isCancelledHere} = inHand;
			const commands = commandsOf(replicated, context.here.endpointUrl, unexplainedIn(failures));
			return unread ?? jobProblem(job, failures, {...commands, isCancelledHere});
		},
	};
}
