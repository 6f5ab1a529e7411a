import {defaultChain} from '../../domain/answers/answers.js';
import {jobCommandOf, undoCommandOf} from '../../domain/answers/command-line.js';
import {cancelled, type Problem} from '../../domain/problem.js';
import type {SessionState} from './session-state.js';

/** A job goes on at AWS whoever looks at it: how one comes back to it, and how it ends. Nothing where there is none, or it is over. */
export function jobLeft({
	run,
	answers,
	isRecorded,
}: Pick<SessionState, 'run' | 'answers' | 'isRecorded'>): Problem | undefined {
	const {job, progress, finished} = run.batch ?? {};
	if (!job || finished) return undefined;
	const {jobId, region, madeBy} = job;
	const {sourceProfile: profile = defaultChain} = answers;
	const follow = jobCommandOf(jobId, {region, profile}, run.endpointUrl);
	const runId = job.isNew && !isRecorded ? undefined : madeBy;
	return {
		...cancelled,
		headline: `Left the job ${jobId}`,
		cause:
			progress?.status === 'Suspended'
				? 'It waits for a yes, and copies nothing until then.'
				: 'It runs on at AWS.',
		nextSteps: [
			`Come back to it: ${follow}`,
			...(runId ? [`Cancel it: ${undoCommandOf(runId, run.endpointUrl)}`] : []),
		],
	};
}
