import {type BatchJob, type JobRequest} from '../observed/batch-job.js';

/**
 * Whether a job ended before it tried anything because of its role, and so soon after it was made that a role which is new may not have been
 * known yet. Which code it fails with is not documented: the words are those that users report ("Access denied when accessing …
 * s3:PutInventoryConfiguration required for the role") and those of a role that cannot be assumed. Pure.
 */
export function isTooEarly(
	{status, progress, failures, createdAt, endedAt}: BatchJob,
	limitMs: number,
): boolean {
	const isOfRole = failures.some(({reason}) =>
		/access ?denied|not authorized|required for the role|assume/i.test(reason),
	);
	const tookMs = createdAt === undefined || endedAt === undefined ? 0 : endedAt - createdAt;
	return status === 'Failed' && progress.succeeded + progress.failed === 0 && isOfRole && tookMs <= limitMs;
}

/**
 * The same request for one more job: the token of the failed one stands for that for good. Pure.
 * Source: S3 Control API Reference, CreateJob, ClientRequestToken.
 */
export function requestedAgain(request: JobRequest): JobRequest {
	const [, token = '', number = '1'] = /^(.*?)(?:-again-(\d+))?$/.exec(request.ClientRequestToken) ?? [];
	return {...request, ClientRequestToken: `${token}-again-${Number(number) + 1}`};
}
