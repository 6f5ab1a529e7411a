import {type UpdateJobPriorityRequest, type UpdateJobPriorityResult} from '@aws-sdk/client-s3-control';
import {type ControlAction} from '../action.js';
import {controlError} from '../errors.js';
import {findJob, jobArn} from '../find-job.js';

const maxPriority = 2 ** 31 - 1;

/** Kept and given back: jobs here do not wait for each other. */
export const updateJobPriority: ControlAction<UpdateJobPriorityRequest, UpdateJobPriorityResult> = {
	name: 'UpdateJobPriority',
	run(call) {
		const {input, require} = call;
		require({
			action: 's3:UpdateJobPriority',
			resource: jobArn(call, input.JobId ?? ''),
			context: {'s3:RequestJobPriority': String(input.Priority)},
		});
		const job = findJob(call, input.JobId);
		const priority = input.Priority ?? -1;
		if (!Number.isInteger(priority) || priority < 0 || priority > maxPriority) {
			throw controlError('BadRequestException', `Priority must be between 0 and ${maxPriority}.`);
		}
		job.priority = priority;
		return {JobId: job.jobId, Priority: priority};
	},
};
