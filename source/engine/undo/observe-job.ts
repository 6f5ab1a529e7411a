import type {Connection} from '../../aws/ports.js';
import type {UndoJob} from '../../domain/take-back/undo-observed.js';
import {isJobRequest, openJobStatuses} from '../../domain/observed/batch-job.js';
import type {RecordedStep} from '../../domain/record/run-record.js';

/**
 * Looks for the job that a step of a record made, by the id that AWS answered; where no answer is recorded, among the jobs that are not
 * over by what it is described as, which has the run's id.
 */
export function jobOfStep(
	step: Extract<RecordedStep, {readonly kind: 'operation'}>,
	connectionOf: (profile: string) => Connection,
	signal?: AbortSignal,
): ReadonlyArray<readonly [token: string, found: Promise<UndoJob | undefined>]> {
	const {operation, profile, answer} = step;
	if (!('after' in operation) || !isJobRequest(operation.after)) return [];
	const {ClientRequestToken: token, Description: description} = operation.after;
	const place = {accountId: operation.account, region: operation.region};
	return [[token, jobThere(connectionOf(profile), place, {jobId: answer?.jobId, description}, signal)]];
}

async function jobThere(
	{jobs}: Connection,
	place: {readonly accountId: string; readonly region: string},
	{jobId, description}: {readonly jobId: string | undefined; readonly description: string},
	signal?: AbortSignal,
): Promise<UndoJob | undefined> {
	const found =
		jobId === undefined
			? (await jobs.list(place, openJobStatuses, signal)).find((one) => one.description === description)
			: await jobs.describe({...place, jobId}, signal);
	return found && {jobId: found.jobId, status: found.status, succeeded: found.progress.succeeded};
}
