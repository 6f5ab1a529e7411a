import {limits} from '../../../domain/limits.js';
import {type BatchJob, isJobOver} from '../../../domain/observed/batch-job.js';
import type {Problem} from '../../../domain/problem.js';
import type {BatchActions} from './batch-actions.js';

/** What somebody says to a job whose objects are counted. `wait`: nobody was there to ask, or left. */
export type JobAnswer = 'yes' | 'no' | 'wait';

/** How the following of a job ended. */
type JobEnd = {
	/** `left`: it runs on; `waiting`: it waits for a yes; `declined`: cancelled before it copied anything. */
	readonly how: 'over' | 'left' | 'waiting' | 'declined';
	readonly job: BatchJob;
	/** What a job that is over did not do. */
	readonly problem?: Problem;
};

type Seeing = {
	/** Follows the job, on a screen where there is one. */
	readonly follow: () => Promise<BatchJob>;
	/** Asks about the job once its objects are counted. */
	readonly agree: (job: BatchJob) => Promise<JobAnswer>;
	/** Whether each line of its report is kept. */
	readonly keepsReport: boolean;
};

/**
 * Follows the session's job, has it confirmed or cancelled once S3 has counted its objects, and tells what it has come to. The one way to
 * do so, for lines and for screens.
 */
export async function seeJobThrough(
	actions: Pick<BatchActions, 'confirmJob' | 'declineJob' | 'endJob'>,
	{follow, agree, keepsReport}: Seeing,
): Promise<JobEnd> {
	let job = await follow();
	if (job.status === 'Suspended') {
		const answer = await agree(job);
		if (answer === 'wait') return {how: 'waiting', job};
		await (answer === 'yes' ? actions.confirmJob() : actions.declineJob());
		job = await follow();
		if (answer === 'no') {
			if (isJobOver(job.status)) await actions.endJob(false);
			return {how: 'declined', job};
		}
	}

	if (!isJobOver(job.status)) return {how: 'left', job};
	const problem = await actions.endJob(keepsReport);
	return {how: 'over', job, ...(problem ? {problem} : {})};
}

/** How often a job is asked for, in milliseconds. */
export function jobPollMs(endpointUrl: string | null, seconds?: number): number {
	return (seconds ?? limits.jobPollSeconds[endpointUrl === null ? 'aws' : 'elsewhere']) * 1000;
}
