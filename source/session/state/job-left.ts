import {defaultChain} from '../../domain/answers/answers.js';
import {jobCommandOf, undoCommandOf} from '../../domain/answers/command-line.js';
import {cancelled, type Problem} from '../../domain/problem.js';
import type {SessionState} from './session-state.js';

/** The command that comes back to the job that the run has to do with; nothing where there is none. */
export function comeBackCommand({run, answers}: Pick<SessionState, 'run' | 'answers'>): string | undefined {
	const {job} = run.batch ?? {};
	if (!job) return undefined;
	const {sourceProfile: profile = defaultChain} = answers;
	return jobCommandOf(job.jobId, {region: job.region, profile}, run.endpointUrl);
}

/** A job goes on at AWS whoever looks at it: how one comes back to it, and how it ends. Nothing where there is none, or it is over. */
export function jobLeft(state: Pick<SessionState, 'run' | 'answers' | 'isRecorded'>): Problem | undefined {
	const {run, isRecorded} = state;
	const {job, progress, finished} = run.batch ?? {};
	if (!job || finished) return undefined;
	const {jobId, madeBy} = job;
	const runId = job.isNew && !isRecorded ? undefined : madeBy;
	return {
		...cancelled,
		headline: `Left the job ${jobId}`,
		cause:
			progress?.status === 'Suspended'
				? 'It waits for a yes, and copies nothing until then.'
				: 'It runs on at AWS.',
		nextSteps: [
			`Come back to it: ${comeBackCommand(state) ?? ''}`,
			...(runId ? [`Cancel it: ${undoCommandOf(runId, run.endpointUrl)}`] : []),
		],
	};
}
