import type {JobReference, Jobs} from '../../aws/ports.js';
import type {BatchEvent} from '../../domain/batch/batch-event.js';
import {type BatchJob, isJobOver} from '../../domain/observed/batch-job.js';
import {fixable, ProblemError} from '../../domain/problem.js';
import type {Clock} from '../clock.js';
import {withRetries} from '../retry.js';
import {waits} from '../waits.js';

/** How a job is followed. */
type FollowOptions = {
	readonly jobs: Pick<Jobs, 'describe'>;
	readonly reference: JobReference;
	/** How often it is asked for. Source: S3 User Guide, "Troubleshooting Batch Operations": at most every 30 seconds. */
	readonly pollMs: number;
	/** Whether it has been confirmed: then `Suspended` is only what is still seen. */
	readonly isConfirmed: boolean;
	/** The job as it was last seen. */
	readonly onSeen: (job: BatchJob) => void;
	readonly clock: Clock;
	/** Ends the following; the job runs on. */
	readonly signal: AbortSignal;
};

const newJobEveryMs = 2000;
/** The rate is that of so many looks. */
const samplesKept = 5;

/** Follows a job until it is over, or waits to be confirmed; tells each look. Throws the problem of a job that is not there. */
export async function* followJob(options: FollowOptions): AsyncGenerator<BatchEvent, void> {
	const {jobs, reference, pollMs, isConfirmed, onSeen, clock, signal} = options;
	const {jobId} = reference;
	const startedAt = clock.now();
	const samples: Array<{readonly at: number; readonly done: number}> = [];
	for (;;) {
		const job = await withRetries(async () => jobs.describe(reference, signal), {
			clock,
			signal,
			onRetry: () => undefined,
		});
		const now = clock.now();
		if (!job) {
			if (now - startedAt > waits.newJob.limitMs) throw new ProblemError(noJob(reference));
			await clock.wait(Math.min(pollMs, newJobEveryMs), signal);
			if (signal.aborted) return;
			continue;
		}

		onSeen(job);
		const {status, progress, createdAt = startedAt} = job;
		const {total, succeeded, failed} = progress;
		const done = succeeded + failed;
		samples.push({at: now, done});
		if (samples.length > samplesKept) samples.shift();
		const perSecond = status === 'Active' ? rateOf(samples) : undefined;
		const isEstimable = perSecond !== undefined && perSecond > 0 && total !== undefined;
		yield {
			type: 'job-progressed',
			jobId,
			status,
			total: total ?? null,
			succeeded,
			failed,
			perSecond: perSecond ?? null,
			remainingMs: isEstimable ? ((total - done) / perSecond) * 1000 : null,
			elapsedMs: Math.max(0, now - Math.min(createdAt, now)),
		};
		if (isJobOver(status) || (status === 'Suspended' && !isConfirmed)) return;
		await clock.wait(pollMs, signal);
		if (signal.aborted) return;
	}
}

function rateOf(samples: ReadonlyArray<{readonly at: number; readonly done: number}>): number | undefined {
	const [first] = samples;
	const last = samples.at(-1);
	if (!first || !last || last.at <= first.at) return undefined;
	return ((last.done - first.done) * 1000) / (last.at - first.at);
}

function noJob({jobId, region, accountId}: JobReference) {
	return fixable(
		'unknown-job',
		`Cannot find the job ${jobId}`,
		`The account ${accountId} has no job of this id in ${region}. AWS forgets jobs 90 days after their end.`,
		['Check the id, the profile and the region: --source-profile NAME, --source-region REGION.'],
	);
}
