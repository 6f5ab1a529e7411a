import {
	type JobDescriptor,
	type JobListDescriptor,
	type JobProgressSummary,
} from '@aws-sdk/client-s3-control';
import {type BatchJob} from '../world/batch-job.js';

/** What DescribeJob tells of a job (S3 Control API reference, JobDescriptor). That the total is there in Suspended is guessed. */
export function describedJob(job: BatchJob): JobDescriptor {
	const {request} = job;
	return {
		JobId: job.jobId,
		ConfirmationRequired: request.ConfirmationRequired ?? false,
		Description: request.Description,
		JobArn: job.arn,
		Status: job.status,
		Manifest: request.Manifest,
		Operation: request.Operation,
		Priority: job.priority,
		ProgressSummary: progressOf(job),
		StatusUpdateReason: job.statusUpdateReason,
		FailureReasons: job.failures.length === 0 ? undefined : [...job.failures],
		Report: request.Report,
		CreationTime: new Date(job.createdMs),
		TerminationDate: dateOf(job.terminatedMs),
		RoleArn: request.RoleArn,
		SuspendedDate: dateOf(job.suspendedMs),
		SuspendedCause: job.suspendedMs === undefined ? undefined : 'ConfirmationRequired',
		ManifestGenerator: request.ManifestGenerator,
		GeneratedManifestDescriptor: job.generatedManifest,
	};
}

/** What ListJobs tells of it. */
export function listedJob(job: BatchJob): JobListDescriptor {
	return {
		JobId: job.jobId,
		Description: job.request.Description,
		Operation: 'S3ReplicateObject',
		Priority: job.priority,
		Status: job.status,
		CreationTime: new Date(job.createdMs),
		TerminationDate: dateOf(job.terminatedMs),
		ProgressSummary: progressOf(job),
	};
}

function progressOf(job: BatchJob): JobProgressSummary {
	return {
		TotalNumberOfTasks: job.taskCount ?? 0,
		NumberOfTasksSucceeded: job.succeededCount,
		NumberOfTasksFailed: job.failedCount,
		Timers: {ElapsedTimeInActiveSeconds: Math.floor(job.activeMs / 1000)},
	};
}

function dateOf(timeMs: number | undefined): Date | undefined {
	return timeMs === undefined ? undefined : new Date(timeMs);
}
