import {isJobOver, openJobStatuses} from '../../domain/observed/batch-job.js';
import {type CancelJob, type CreateJob, failedText} from '../../domain/operations/create-job.js';
import type {StepAnswer} from '../../domain/take-back/written-step.js';
import {readUntil, withRetries} from '../retry.js';
import {reportRead} from '../undo/observe-job.js';
import type {UndoContext} from '../undo/undo-context.js';
import {waits} from '../waits.js';
import type {OperationContext} from './operation-context.js';
import {isChanged} from './retry-rules.js';

/**
 * Makes the job, and gives its id. A job of an earlier try is found by what it is described as before anything is asked, and the request
 * has one token for good: whatever is killed or lost on the way, there is one job.
 * Source: S3 Control API Reference, CreateJob, ClientRequestToken.
 */
export async function createJob(operation: CreateJob, context: OperationContext): Promise<StepAnswer> {
	const {side, account: accountId, region, after, requires} = operation;
	const {jobs} = context.connections[side];
	const place = {accountId, region};
	const earlier = await withRetries(async () => jobs.list(place, openJobStatuses, context.signal), context);
	const found = earlier.find(({description}) => description === after.Description);
	if (found) return {created: 'yes', jobId: found.jobId};
	const isRoleNew = requires.some((id) => isChanged(context.plan, id));
	const {jobId} = await withRetries(
		async () => jobs.create(place, after),
		context,
		({code, message}) => (isRoleNew && isOfRole(code, message) ? waits.newRoleAtBatch : undefined),
	);
	return {created: 'yes', jobId};
}

/** Whether a refusal is about the role, which IAM may not have told everybody of yet. Which code S3 Control answers with is not documented. */
function isOfRole(code: string, message: string): boolean {
	return /^(?:InvalidRequest|BadRequestException|AccessDenied)/.test(code) && /\brole\b/i.test(message);
}

/** Cancels the job and waits until it is over: it needs its role and its bucket until then. One that is over already is no error. */
export async function cancelJob(operation: CancelJob, context: UndoContext): Promise<void> {
	const {account: accountId, region, jobId} = operation;
	const {jobs} = context.connection;
	const reference = {accountId, region, jobId};
	const read = async () => withRetries(async () => jobs.describe(reference, context.signal), context);
	const now = await read();
	if (!now || isJobOver(now.status)) return;
	await withRetries(async () => jobs.setStatus(reference, 'Cancelled', 's3-replicate undo'), context);
	const ended = await readUntil(
		read,
		(job) => !job || isJobOver(job.status),
		() => waits.jobCancelled,
		context,
	);
	if (!ended || !isJobOver(ended.status)) return;
	// Its report goes next: what it tells is told before.
	const {connection, onReading, signal} = context;
	const {failures = []} = await reportRead(ended, connection, {accountId, region}, onReading, signal);
	if (failures.length > 0) context.onNote(failedText(jobId, failures));
}
