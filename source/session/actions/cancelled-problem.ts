import {defaultChain} from '../../domain/answers/answers.js';
import {applyCommand, jobCommandOf, undoCommandOf} from '../../domain/answers/command-line.js';
import {operationText} from '../../domain/operations/registry.js';
import {cancelled, type Problem} from '../../domain/problem.js';
import type {OperationProgress} from '../state/run-state.js';
import type {SessionState} from '../state/session-state.js';

/**
 * The problem that says: the person stopped this. What has been done so far is told, a line each, with the commands that go on and
 * that take it back. Pure.
 */
export function cancelledProblem(state: SessionState, found: Problem | undefined): Problem {
	const {run, answers, isRecorded} = state;
	const left = jobLeft(state);
	if (left) return left;
	const changes = run.operations.filter(({operation}) => operation.change !== 'keep');
	const done = changes.filter(({state: is}) => is === 'done');
	const details = changes.flatMap((progress) => soFar(progress) ?? []);
	if (details.length === 0 && run.changedBefore.size === 0)
		return found?.kind === 'cancelled' ? found : cancelled;
	const isUnfinished = done.length < changes.length;
	const isSandbox = answers.environment === 'sandbox';
	const cause = isUnfinished
		? `It was stopped while changes were made: ${done.length} of ${changes.length} are done.`
		: run.undo
			? 'It was stopped after the undo.'
			: `The watch was stopped. The replication ${isSandbox ? 'was only in the sandbox' : 'stays'}.`;
	if (isSandbox) return {...cancelled, cause, nextSteps: ['Start again: a new sandbox begins from nothing.']};
	const undo = undoCommandOf(run.undo?.runId ?? run.runId ?? '', run.endpointUrl);
	const goOn = run.undo ? undo : applyCommand(answers, run.endpointUrl);
	return {
		...cancelled,
		cause,
		details,
		nextSteps: [
			...(isUnfinished ? [`Go on: ${goOn}`] : []),
			...(isRecorded && !run.undo ? [`Undo it: ${undo}`] : []),
		],
	};
}

/** A job goes on at AWS whoever looks at it: how one comes back to it, and how it ends. */
function jobLeft({run, answers, recordedAs, isRecorded}: SessionState): Problem | undefined {
	const {job, progress, finished} = run.batch ?? {};
	if (!job || finished) return undefined;
	const {jobId, region, madeBy} = job;
	const {sourceProfile: profile = defaultChain} = answers;
	const follow = jobCommandOf(jobId, {region, profile}, run.endpointUrl);
	const runId = recordedAs ?? (job.isNew && isRecorded ? run.runId : madeBy);
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

/** What is known of a change that was begun; `undefined`: it was not begun, or it was refused. */
function soFar({operation: {kind, target}, state, isWritten}: OperationProgress): string | undefined {
	const {plan, done} = operationText(kind);
	if (state === 'done') return `${done}: ${target}`;
	if (isWritten) return `${done}: ${target} (not confirmed)`;
	// Stopped at once, in the middle of its call.
	return state === 'running' ? `${plan}: ${target} (begun, not known whether done)` : undefined;
}
