import {type ControlAction} from './action.js';
import {createJob} from './actions/create-job.js';
import {describeJob} from './actions/describe-job.js';
import {listJobs} from './actions/list-jobs.js';
import {
	deletePublicAccessBlock,
	getPublicAccessBlock,
	putPublicAccessBlock,
} from './actions/public-access-block.js';
import {updateJobPriority} from './actions/update-job-priority.js';
import {updateJobStatus} from './actions/update-job-status.js';

const actions: readonly ControlAction<never, object>[] = [
	createJob,
	deletePublicAccessBlock,
	describeJob,
	getPublicAccessBlock,
	listJobs,
	putPublicAccessBlock,
	updateJobPriority,
	updateJobStatus,
];

/** What the sandbox does of S3 Control, by name; every other operation answers NotImplemented. */
export const s3ControlActions: ReadonlyMap<string, ControlAction<never, object>> = new Map(
	actions.map((action) => [action.name, action]),
);
