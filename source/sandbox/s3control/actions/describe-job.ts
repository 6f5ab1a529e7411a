import {type DescribeJobRequest, type DescribeJobResult} from '@aws-sdk/client-s3-control';
import {type ControlAction} from '../action.js';
import {describedJob} from '../describe-job.js';
import {findJob, jobArn} from '../find-job.js';

export const describeJob: ControlAction<DescribeJobRequest, DescribeJobResult> = {
	name: 'DescribeJob',
	run(call) {
		const {input, require} = call;
		require({action: 's3:DescribeJob', resource: jobArn(call, input.JobId ?? '')});
		return {Job: describedJob(findJob(call, input.JobId))};
	},
};
