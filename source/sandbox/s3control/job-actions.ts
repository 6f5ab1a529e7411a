import {isDeepStrictEqual} from 'node:util';
import type * as control from '@aws-sdk/client-s3-control';
import {batchService} from '../batch/batch-role.js';
import {type BatchJob} from '../world/batch-job.js';
import {dayMs} from '../world/clock.js';
import {type ControlAction, controlAction, type ControlCall} from './action.js';
import {checkJobRequest} from './check-job-request.js';
import {describedJob, listedJob} from './describe-job.js';
import {controlError} from './errors.js';

const maxPage = 1000;
const maxPriority = 2 ** 31 - 1;
/** A job is gone 90 days after its end (S3 User Guide, troubleshooting-batch-operations). */
const keptMs = 90 * dayMs;

const confirmable: ReadonlySet<control.JobStatus> = new Set<control.JobStatus>(['Suspended']);

/** One that is already about to end goes on to its end. */
const cancellable: ReadonlySet<control.JobStatus> = new Set<control.JobStatus>([
	'New',
	'Preparing',
	'Suspended',
	'Ready',
	'Active',
	'Pausing',
	'Paused',
]);

/** The jobs of Batch Operations. */
export const jobActions: readonly ControlAction[] = [
	// Makes a job, or gives the one that the same request made: its token stands for it, and with another request it is refused
	// (S3 Control API reference, CreateJob).
	controlAction<control.CreateJobRequest, control.CreateJobResult>('CreateJob', (call) => {
		const {world, account, region, input, require, jobs} = call;
		require({
			action: 's3:CreateJob',
			resource: '*',
			context: {
				's3:RequestJobPriority': String(input.Priority),
				's3:RequestJobOperation': Object.keys(input.Operation ?? {})[0] ?? '',
			},
		});
		checkJobRequest(input);
		requirePassRole(call);
		const made = [...world.batchJobs.values()].find(
			(job) =>
				job.accountId === account.accountId &&
				job.region === region &&
				job.request.ClientRequestToken === input.ClientRequestToken,
		);
		if (made !== undefined) {
			if (!isDeepStrictEqual(made.request, input)) throw controlError('IdempotencyException');
			return {JobId: made.jobId};
		}
		const job = makeJob(call);
		world.batchJobs.set(job.jobId, job);
		jobs.start(job);
		return {JobId: job.jobId};
	}),
	controlAction<control.DescribeJobRequest, control.DescribeJobResult>('DescribeJob', (call) => ({
		Job: describedJob(jobFor(call, 's3:DescribeJob')),
	})),
	// The jobs of the last 90 days, the newest first, in pages (S3 Control API reference, ListJobs; the order and the token: guessed).
	controlAction<control.ListJobsRequest, control.ListJobsResult>('ListJobs', (call) => {
		const {input, require} = call;
		require({action: 's3:ListJobs', resource: '*'});
		const {MaxResults: size = maxPage, NextToken: token, JobStatuses: wanted} = input;
		if (!Number.isInteger(size) || size < 1 || size > maxPage) {
			throw controlError('InvalidRequest', `maxResults must be between 1 and ${maxPage}.`);
		}
		const all = jobsOf(call);
		const after = token === undefined ? undefined : Buffer.from(token, 'base64').toString('utf8');
		const start = after === undefined ? 0 : all.findIndex(({jobId}) => jobId === after) + 1;
		if (after !== undefined && start === 0) throw controlError('InvalidNextTokenException');
		const listed = all
			.slice(start)
			.filter(({status}) => wanted === undefined || wanted.length === 0 || wanted.includes(status));
		const page = listed.slice(0, size);
		const last = page.at(-1);
		const isMore = last !== undefined && listed.length > size;
		return {
			Jobs: page.map(listedJob),
			NextToken: isMore ? Buffer.from(last.jobId).toString('base64') : undefined,
		};
	}),
	// Kept and given back: jobs here do not wait for each other.
	controlAction<control.UpdateJobPriorityRequest, control.UpdateJobPriorityResult>(
		'UpdateJobPriority',
		(call) => {
			const {input} = call;
			const job = jobFor(call, 's3:UpdateJobPriority', {'s3:RequestJobPriority': String(input.Priority)});
			const priority = input.Priority ?? -1;
			if (!Number.isInteger(priority) || priority < 0 || priority > maxPriority) {
				throw controlError('BadRequestException', `Priority must be between 0 and ${maxPriority}.`);
			}
			job.priority = priority;
			return {JobId: job.jobId, Priority: priority};
		},
	),
	// A job that is suspended is confirmed with Ready; one that has not ended is cancelled (S3 User Guide, batch-ops-job-status).
	controlAction<control.UpdateJobStatusRequest, control.UpdateJobStatusResult>('UpdateJobStatus', (call) => {
		const {input, jobs} = call;
		const job = jobFor(call, 's3:UpdateJobStatus');
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
	}),
];

function requirePassRole({account, input, require}: ControlCall<control.CreateJobRequest>): void {
	const roleArn = input.RoleArn ?? '';
	// Words: S3 User Guide, troubleshooting-batch-operations; the code: guessed.
	if (roleArn.split(':')[4] !== account.accountId) {
		throw controlError('BadRequestException', 'Cross-account pass role is not allowed');
	}
	require({
		action: 'iam:PassRole',
		resource: roleArn,
		context: {'iam:PassedToService': batchService},
	});
}

function makeJob({world, account, region, input}: ControlCall<control.CreateJobRequest>): BatchJob {
	const jobId = world.ids.uuid();
	const now = world.clock.now();
	return {
		jobId,
		arn: jobArn({world, account, region}, jobId),
		accountId: account.accountId,
		region,
		request: input,
		createdMs: now,
		seenFromMs: now + world.propagationDelayMs,
		priority: input.Priority ?? 0,
		status: 'New',
		statusUpdateReason: undefined,
		suspendedMs: undefined,
		terminatedMs: undefined,
		failures: [],
		taskCount: undefined,
		succeededCount: 0,
		failedCount: 0,
		activeMs: 0,
		generatedManifest: undefined,
	};
}

type Call = Pick<ControlCall<unknown>, 'world' | 'account' | 'region'>;

/** The jobs of the account in the region that can be seen, the newest first. */
function jobsOf({world, account, region}: Call): readonly BatchJob[] {
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

/** Finds the job that is named, if the caller may do this with it; throws NoSuchJob for one of another region, too, or one that was made just now. */
function jobFor(
	call: ControlCall<{readonly JobId: string | undefined}>,
	action: string,
	context?: Readonly<Record<string, string>>,
): BatchJob {
	const {JobId = ''} = call.input;
	call.require({action, resource: jobArn(call, JobId), context});
	const job = jobsOf(call).find(({jobId}) => jobId === JobId);
	if (job === undefined) throw controlError('NoSuchJob');
	return job;
}

/** The ARN that policies name a job by, be it there or not. */
function jobArn({world, account, region}: Call, jobId: string): string {
	return `arn:${world.partition.id}:s3:${region}:${account.accountId}:job/${jobId}`;
}
