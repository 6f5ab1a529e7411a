import {type BatchJob} from '../world/batch-job.js';
import {type ControlCall} from './action.js';
import {controlError} from './errors.js';

/** A job is gone 90 days after its end (S3 User Guide, troubleshooting-batch-operations). */
const keptMs = 90 * 24 * 60 * 60 * 1000;

type Call = Pick<ControlCall<unknown>, 'world' | 'account' | 'region'>;

/** The jobs of the account in the region that can be seen, the newest first. */
export function jobsOf({world, account, region}: Call): readonly BatchJob[] {
	const now = world.clock.now();
	return [...world.batchJobs.values()]
		.filter(
			(job) =>
				job.accountId === account.accountId &&
				job.region === region &&
				job.seenFromMs <= now &&
				(job.terminatedMs === undefined || now - job.terminatedMs < keptMs),
		)
		.reverse();
}

/** Finds a job; throws NoSuchJob for one of another region, too, or one that was made just now. */
export function findJob(call: Call, jobId: string | undefined): BatchJob {
	const job = jobsOf(call).find((each) => each.jobId === jobId);
	if (job === undefined) throw controlError('NoSuchJob');
	return job;
}

/** The ARN that policies name a job by, be it there or not. */
export function jobArn({world, account, region}: Call, jobId: string): string {
	return `arn:${world.partition.id}:s3:${region}:${account.accountId}:job/${jobId}`;
}
