import {
	type JobStatus,
	type UpdateJobStatusRequest,
	type UpdateJobStatusResult,
} from '@aws-sdk/client-s3-control';
import {type ControlAction} from '../action.js';
import {controlError} from '../errors.js';
import {findJob, jobArn} from '../find-job.js';

/** A job that is suspended is confirmed with Ready; one that has not ended is cancelled (S3 User Guide, batch-ops-job-status). */
export const updateJobStatus: ControlAction<UpdateJobStatusRequest, UpdateJobStatusResult> = {
	name: 'UpdateJobStatus',
	run(call) {
		const {input, require, jobs} = call;
		require({action: 's3:UpdateJobStatus', resource: jobArn(call, input.JobId ?? '')});
		const job = findJob(call, input.JobId);
		const {RequestedJobStatus: wanted, StatusUpdateReason: reason} = input;
		if (wanted !== 'Ready' && wanted !== 'Cancelled') {
			throw controlError('BadRequestException', 'requestedJobStatus must be Ready or Cancelled.');
		}
		const from = wanted === 'Ready' ? confirmable : cancellable;
		if (!from.has(job.status)) {
			throw controlError('JobStatusException', `A job that is ${job.status} cannot become ${wanted}.`);
		}
		job.statusUpdateReason = reason;
		if (wanted === 'Cancelled') {
			jobs.cancel(job);
		} else {
			job.status = 'Ready';
			jobs.confirm(job);
		}
		return {JobId: job.jobId, Status: job.status, StatusUpdateReason: reason};
	},
};

const confirmable: ReadonlySet<JobStatus> = new Set<JobStatus>(['Suspended']);

/** One that is already about to end goes on to its end. */
const cancellable: ReadonlySet<JobStatus> = new Set<JobStatus>([
	'New',
	'Preparing',
	'Suspended',
	'Ready',
	'Active',
	'Pausing',
	'Paused',
]);
