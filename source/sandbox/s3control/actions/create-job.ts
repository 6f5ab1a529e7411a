import {isDeepStrictEqual} from 'node:util';
import {type CreateJobRequest, type CreateJobResult} from '@aws-sdk/client-s3-control';
import {batchService} from '../../batch/batch-role.js';
import {type BatchJob} from '../../world/batch-job.js';
import {type ControlAction, type ControlCall} from '../action.js';
import {checkJobRequest} from '../check-job-request.js';
import {controlError} from '../errors.js';
import {jobArn} from '../find-job.js';

/**
 * Makes a job, or gives the one that the same request made: its token stands for it, and with another request it is refused
 * (S3 Control API reference, CreateJob).
 */
export const createJob: ControlAction<CreateJobRequest, CreateJobResult> = {
	name: 'CreateJob',
	run(call) {
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
	},
};

function requirePassRole({account, input, require}: ControlCall<CreateJobRequest>): void {
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

function makeJob({world, account, region, input}: ControlCall<CreateJobRequest>): BatchJob {
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
